import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDeskClient } from '../bridge/desk-client.ts';
import { createFakeDesk } from '../testing/fake-desk.ts';
import { header } from '../testing/sample-tickets.ts';
import { createDeskStore } from './create-desk-store.ts';
import { keepDrafts } from './keep-drafts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const one = header(1).id;
const other = header(2).id;

function start() {
  const fake = createFakeDesk();
  const store = createDeskStore();
  keepDrafts(createDeskClient(fake.pipe), store);
  return { fake, store, write: store.getState().noteWritten };
}

describe('drafts', () => {
  test('[S2-31] [R2] a note is handed to the desk 300 ms after the last letter, each ticket on its own', async () => {
    const { fake, store, write } = start();
    write(one, 'H');
    await vi.advanceTimersByTimeAsync(200);
    write(one, 'Ho');
    write(other, 'otra');
    await vi.advanceTimersByTimeAsync(299);
    expect(fake.seenOf('draft.save')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.seenOf('draft.save')).toEqual([
      { ticketId: one, text: 'Ho' },
      { ticketId: other, text: 'otra' },
    ]);
    expect(store.getState().notes[one]?.savedAt).not.toBeNull();
  });

  test('letters written while the desk saves are not called saved', async () => {
    const { fake, store, write } = start();
    let answer = (): void => {};
    fake.handle('draft.save', () => new Promise((resolve) => (answer = () => resolve(null))));
    write(one, 'Hola');
    await vi.advanceTimersByTimeAsync(300);
    write(one, 'Hola, María');
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.getState().notes[one]).toMatchObject({ text: 'Hola, María', savedAt: null });
  });

  test('a desk that cannot keep it safely says so, and the text stays', async () => {
    const { fake, store, write } = start();
    fake.refuse('draft.save', 'NO_SAFE_STORE');
    write(one, 'Hola');
    await vi.advanceTimersByTimeAsync(300);
    expect(store.getState().notes[one]).toEqual({ text: 'Hola', savedAt: null, isRefused: true });
  });

  test('a window that closes hands over at once what it has', async () => {
    const { fake, write } = start();
    write(one, 'a medias');
    window.dispatchEvent(new Event('pagehide'));
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.seenOf('draft.save')).toEqual([{ ticketId: one, text: 'a medias' }]);
  });
});
