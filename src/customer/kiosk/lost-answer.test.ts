import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeKioskApi } from '../testing/fake-kiosk-api.ts';
import { sampleTicket } from '../testing/sample-states.ts';
import { createKiosk, type Kiosk } from './create-kiosk.ts';

let api: FakeKioskApi;
let kiosk: Kiosk;
let stop: () => void;

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** To the keypad of Caja, with this document written. */
const write = (documentNumber: string): void => {
  kiosk.chooseService('caja');
  kiosk.writeDocument(documentNumber);
};

beforeEach(async () => {
  vi.useFakeTimers();
  api = new FakeKioskApi();
  kiosk = createKiosk(api, () => 0.5);
  stop = kiosk.start();
  await pass(0);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('kiosk whose line is lost before the answer', () => {
  it('[R9] an answer that was lost: the same request goes out again, one ticket is made and shown', async () => {
    api.lost = 'answer';
    write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.get().step).toEqual({ name: 'confirming', serviceName: 'Caja' });
    await pass(12_000);
    api.lost = 'nothing';
    await pass(12_000);
    expect(kiosk.get().step).toEqual({ name: 'ticket', serviceName: 'Caja', ticket: sampleTicket });
    expect(api.issued.length).toBeGreaterThan(2);
    expect(new Set(api.issued.map((sent) => JSON.stringify(sent))).size).toBe(1);
    expect(api.issued[0]?.key).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-/);
    expect(api.line.size).toBe(1);
  });

  it('[R9] while it is not known whether a turn was taken, no other can be asked for', async () => {
    api.lost = 'answer';
    write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    kiosk.goBack();
    kiosk.chooseService('reclamos');
    kiosk.chooseDocumentType('CE');
    kiosk.writeDocument('1234567');
    kiosk.takeTurn({ withDocument: false });
    kiosk.takeTurn({ withDocument: true });
    await pass(20_000);
    expect(kiosk.get().step).toEqual({ name: 'confirming', serviceName: 'Caja' });
    expect(new Set(api.issued.map((sent) => JSON.stringify(sent))).size).toBe(1);
    expect(api.line.size).toBe(1);
  });

  it('[R7] asks again after 3 s at least and 30 s at most, as long as somebody is there', async () => {
    const sentAt: number[] = [];
    const { issue } = api;
    api.issue = (request, key) => {
      sentAt.push(performance.now());
      return issue(request, key);
    };
    api.lost = 'request';
    write('52418903');
    kiosk.takeTurn({ withDocument: true });
    for (let second = 0; second < 300; second += 1) {
      kiosk.touch();
      await pass(1_000);
    }
    expect(kiosk.get().step.name).toBe('confirming');
    const waits = sentAt.slice(1).map((at, place) => at - (sentAt[place] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });

  it('[R9] a refusal gives back what was written, and another request has a key of its own', async () => {
    api.issueAnswer = { failure: 'TOO_MANY_REQUESTS' };
    write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.get().step).toMatchObject({ documentNumber: '52418903', failure: 'TOO_MANY_REQUESTS' });
    kiosk.takeTurn({ withDocument: false });
    await pass(3_000);
    const [first, other] = api.issued.map(({ key }) => key);
    expect(other).not.toBe(first);
  });

  it('[R9] after a lost answer only a refusal of what was asked for is believed', async () => {
    api.lost = 'request';
    write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    api.lost = 'nothing';
    for (const failure of ['TOO_MANY_REQUESTS', 'unpaired', 'UNAVAILABLE'] as const) {
      const before = api.issued.length;
      api.issueAnswer = { failure };
      while (api.issued.length === before) await pass(1_000);
      expect(kiosk.get().step.name).toBe('confirming');
      kiosk.touch();
    }
    api.issueAnswer = { failure: 'INVALID_DOCUMENT' };
    await pass(20_000);
    expect(kiosk.get().step).toMatchObject({
      name: 'document',
      documentNumber: '52418903',
      isSending: false,
      failure: 'INVALID_DOCUMENT',
    });
    expect(new Set(api.issued.map(({ key }) => key)).size).toBe(1);
  });

  it('[T20] a customer who leaves before it is known is forgotten, and no ticket is made for nobody', async () => {
    const waysToLeave = {
      byTheWayOut: () => {
        kiosk.reset();
        return pass(0);
      },
      byWalkingAway: () => pass(30_250),
    };
    for (const leave of Object.values(waysToLeave)) {
      api.issued.length = 0;
      api.lost = 'request';
      write('52418903');
      kiosk.takeTurn({ withDocument: true });
      await pass(3_000);
      expect(kiosk.get().step.name).toBe('confirming');
      await leave();
      expect(kiosk.get().step).toEqual({ name: 'services' });
      expect(JSON.stringify(kiosk.get())).not.toContain('52418903');
      const sent = api.issued.length;
      api.lost = 'nothing';
      await pass(120_000);
      expect(api.issued).toHaveLength(sent);
      expect(kiosk.get().step).toEqual({ name: 'services' });
    }
    expect(api.line.size).toBe(0);
  });

  it('[T20] the next customer never gets the key nor the ticket of the one before', async () => {
    api.lost = 'answer';
    kiosk.chooseService('caja');
    kiosk.takeTurn({ withDocument: false });
    await pass(0);
    kiosk.reset();
    api.lost = 'nothing';
    api.issueAnswer = { value: { ...sampleTicket, code: 'C-037' } };
    kiosk.chooseService('caja');
    kiosk.takeTurn({ withDocument: false });
    await pass(4_000);
    expect(kiosk.get().step).toMatchObject({ name: 'ticket', ticket: { code: 'C-037' } });
    expect([...api.line.values()].map(({ code }) => code)).toEqual(['C-036', 'C-037']);
  });
});
