import { describe, expect, test } from 'vitest';
import { createFakeDesk } from '../testing/fake-desk.ts';
import { lineUp, preferences } from '../testing/sample-facts.ts';
import { header } from '../testing/sample-tickets.ts';
import { createDeskClient } from './desk-client.ts';
import { DeskRefusal } from './desk-refusal.ts';

const start = () => {
  const fake = createFakeDesk();
  return { fake, desk: createDeskClient(fake.pipe) };
};
const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const reason: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  return reason instanceof DeskRefusal ? reason.body : reason;
};
const ticketId = header(1).id;

describe('desk client', () => {
  test('a call reaches the desk and its answer comes back to the one who called', async () => {
    const { fake, desk } = start();
    fake.handle('act', (act) => ({ ticketId: null, turnCode: act.type }));
    const [one, other] = await Promise.all([
      desk.call('act', { type: 'ticket.call', ticketId }),
      desk.call('act', { type: 'ticket.requeue', ticketId }),
    ]);
    expect([one.turnCode, other.turnCode]).toEqual(['ticket.call', 'ticket.requeue']);
  });

  test("a refusal carries the desk's error body", async () => {
    const { fake, desk } = start();
    fake.refuse('session.signIn', 'WRONG_CREDENTIALS', { title: 'El correo o la contraseña no coinciden.' });
    expect(await refusalOf(desk.call('session.signIn', { email: 'a@b.co', password: 'x' }))).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      title: 'El correo o la contraseña no coinciden.',
    });
  });

  test('[B35] [B38] what does not fit the map is refused here, with its field, and never sent', async () => {
    const { fake, desk } = start();
    const note = (text: string) => desk.call('act', { type: 'note.add', ticketId, text });
    expect(await refusalOf(note(' \u200b\u3164'))).toMatchObject({ code: 'REQUIRED', field: 'text' });
    expect(await refusalOf(note('a\u0000b'))).toMatchObject({ code: 'CONTROL_CHARS', field: 'text' });
    expect(await refusalOf(note('x'.repeat(9_000)))).toMatchObject({ code: 'BAD_REQUEST', field: 'text' });
    expect(fake.seen).toEqual([]);
  });

  test('[B85] a call under way when the pipe breaks ends as of unknown outcome, once, and later calls fail at once', async () => {
    const { fake, desk } = start();
    fake.handle('act', () => new Promise(() => {}));
    const pending = refusalOf(desk.call('act', { type: 'ticket.call', ticketId }));
    fake.setPipe('lost');
    expect(await pending).toMatchObject({ code: 'UNKNOWN_OUTCOME', retryable: true });
    expect(await refusalOf(desk.call('act', { type: 'ticket.call', ticketId }))).toMatchObject({ code: 'UNAVAILABLE' });
    fake.setPipe('open');
    fake.handle('act', () => ({ ticketId, turnCode: null }));
    expect(await desk.call('act', { type: 'ticket.call', ticketId })).toEqual({ ticketId, turnCode: null });
  });

  test('facts are told to those who listen, until they stop', () => {
    const { fake, desk } = start();
    const told: unknown[] = [];
    const stop = desk.on('line.changed', (fact) => told.push(fact.state));
    fake.tell('line.changed', lineUp);
    stop();
    fake.tell('line.changed', lineUp);
    expect(told).toEqual(['up']);
  });

  test('[T15] frames and facts of unknown form are left out', () => {
    const { fake, desk } = start();
    const told: unknown[] = [];
    desk.on('preferences.changed', (fact) => told.push(fact));
    for (const frame of [
      null,
      'text',
      { t: 'fact' },
      { t: 'fact', name: '__proto__', fact: {} },
      { t: 'fact', name: 'constructor', fact: {} },
      { t: 'fact', name: 'preferences.changed', fact: { theme: 'pink' } },
      { t: 'answer', id: 99, output: null },
    ]) {
      fake.send(frame);
    }
    expect(told).toEqual([]);
    fake.send({ t: 'fact', name: 'preferences.changed', fact: { ...preferences, newer: 'field' } });
    expect(told).toEqual([preferences]);
  });

  test('an answer of the wrong form is an error, not data', async () => {
    const { desk, fake } = start();
    fake.handle('draft.save', () => new Promise(() => {}));
    const answer = refusalOf(desk.call('draft.save', { ticketId, text: '' }));
    fake.send({ t: 'answer', id: 1, output: { not: 'null' } });
    expect(await answer).toMatchObject({ code: 'INTERNAL' });
  });
});
