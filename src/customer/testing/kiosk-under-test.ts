import { afterEach, beforeEach, vi } from 'vitest';
import { createKiosk, type Kiosk } from '../kiosk/create-kiosk.ts';
import { FakeKioskApi } from './fake-kiosk-api.ts';

export interface KioskUnderTest extends Kiosk {
  api: FakeKioskApi;
  /** To the keypad of Caja, with this document written. */
  write: (documentNumber: string) => void;
}

/** Time goes on by so many milliseconds, for the kiosk alone. */
export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** A kiosk that shows its services, begun anew for each test of the file, with its server and a clock that stands. */
export function kioskUnderTest(): KioskUnderTest {
  const kiosk = {} as KioskUnderTest;
  let stop: () => void;
  beforeEach(async () => {
    vi.useFakeTimers();
    const api = new FakeKioskApi();
    const write = (documentNumber: string): void => {
      kiosk.chooseService('caja');
      kiosk.writeDocument(documentNumber);
    };
    Object.assign(
      kiosk,
      createKiosk(api, () => 0.5),
      { api, write },
    );
    stop = kiosk.start();
    await pass(0);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });
  return kiosk;
}
