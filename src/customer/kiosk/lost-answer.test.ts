import { describe, expect, it } from 'vitest';
import { kioskUnderTest, pass } from '../testing/kiosk-under-test.ts';
import { sampleTicket } from '../testing/sample-states.ts';

const kiosk = kioskUnderTest();

describe('kiosk whose line is lost before the answer', () => {
  it('[R9] an answer that was lost: the same request goes out again, one ticket is made and shown', async () => {
    kiosk.api.lost = 'answer';
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.get().step).toEqual({ name: 'confirming', serviceName: 'Caja' });
    await pass(12_000);
    kiosk.api.lost = 'nothing';
    await pass(12_000);
    expect(kiosk.get().step).toEqual({
      name: 'ticket',
      serviceName: 'Caja',
      serviceKind: 'counter',
      ticket: sampleTicket,
    });
    expect(kiosk.api.issued.length).toBeGreaterThan(2);
    expect(new Set(kiosk.api.issued.map((sent) => JSON.stringify(sent))).size).toBe(1);
    expect(kiosk.api.issued[0]?.key).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-/);
    expect(kiosk.api.line.size).toBe(1);
  });

  it('[R9] while it is not known whether a turn was taken, no other can be asked for', async () => {
    kiosk.api.lost = 'answer';
    kiosk.write('52418903');
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
    expect(new Set(kiosk.api.issued.map((sent) => JSON.stringify(sent))).size).toBe(1);
    expect(kiosk.api.line.size).toBe(1);
  });

  it('[R7] asks again after 3 s at least and 30 s at most, as long as somebody is there', async () => {
    const sentAt: number[] = [];
    const { issue } = kiosk.api;
    kiosk.api.issue = (request, key) => {
      sentAt.push(performance.now());
      return issue(request, key);
    };
    kiosk.api.lost = 'request';
    kiosk.write('52418903');
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
    kiosk.api.issueAnswer = { failure: 'TOO_MANY_REQUESTS' };
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    expect(kiosk.get().step).toMatchObject({ documentNumber: '52418903', failure: 'TOO_MANY_REQUESTS' });
    kiosk.takeTurn({ withDocument: false });
    await pass(3_000);
    const [first, other] = kiosk.api.issued.map(({ key }) => key);
    expect(other).not.toBe(first);
  });

  it('[R9] after a lost answer only a refusal of what was asked for is believed', async () => {
    kiosk.api.lost = 'request';
    kiosk.write('52418903');
    kiosk.takeTurn({ withDocument: true });
    await pass(0);
    kiosk.api.lost = 'nothing';
    for (const failure of ['TOO_MANY_REQUESTS', 'unpaired', 'UNAVAILABLE'] as const) {
      const before = kiosk.api.issued.length;
      kiosk.api.issueAnswer = { failure };
      while (kiosk.api.issued.length === before) await pass(1_000);
      expect(kiosk.get().step.name).toBe('confirming');
      kiosk.touch();
    }
    kiosk.api.issueAnswer = { failure: 'INVALID_DOCUMENT' };
    await pass(20_000);
    expect(kiosk.get().step).toMatchObject({
      name: 'document',
      documentNumber: '52418903',
      isSending: false,
      failure: 'INVALID_DOCUMENT',
    });
    expect(new Set(kiosk.api.issued.map(({ key }) => key)).size).toBe(1);
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
      kiosk.api.issued.length = 0;
      kiosk.api.lost = 'request';
      kiosk.write('52418903');
      kiosk.takeTurn({ withDocument: true });
      await pass(3_000);
      expect(kiosk.get().step.name).toBe('confirming');
      await leave();
      expect(kiosk.get().step).toEqual({ name: 'services' });
      expect(JSON.stringify(kiosk.get())).not.toContain('52418903');
      const sent = kiosk.api.issued.length;
      kiosk.api.lost = 'nothing';
      await pass(120_000);
      expect(kiosk.api.issued).toHaveLength(sent);
      expect(kiosk.get().step).toEqual({ name: 'services' });
    }
    expect(kiosk.api.line.size).toBe(0);
  });

  it('[T20] the next customer never gets the key nor the ticket of the one before', async () => {
    kiosk.api.lost = 'answer';
    kiosk.chooseService('caja');
    kiosk.takeTurn({ withDocument: false });
    await pass(0);
    kiosk.reset();
    kiosk.api.lost = 'nothing';
    kiosk.api.issueAnswer = { value: { ...sampleTicket, code: 'C-037' } };
    kiosk.chooseService('caja');
    kiosk.takeTurn({ withDocument: false });
    await pass(4_000);
    expect(kiosk.get().step).toMatchObject({ name: 'ticket', ticket: { code: 'C-037' } });
    expect([...kiosk.api.line.values()].map(({ code }) => code)).toEqual(['C-036', 'C-037']);
  });
});
