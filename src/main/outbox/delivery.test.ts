import { expect, test } from 'vitest';
import type { TicketId } from '../../protocol/ids.ts';
import { ana, caja, idOf, moduleTwo } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest({ isWorking: true });

const isEmpty = ({ pending }: { pending: unknown[] }): boolean => pending.length === 0;
const noted = (): string[] =>
  desk.server.delivered.flatMap(({ body }) => (body.type === 'note.add' ? [body.text] : []));

/** Ana attends a customer whom she made a ticket for. */
async function attend(): Promise<TicketId> {
  const { ticketId } = await desk.attendNow();
  await desk.allSent();
  return ticketId;
}
const note = (ticketId: TicketId, text: string) => desk.window.call('act', { type: 'note.add', ticketId, text });

test('[R9] an answer that is lost leads to a second delivery with one effect', async () => {
  const ticketId = await attend();
  desk.server.faults.answersToLose = 3;
  await note(ticketId, 'Una vez');
  await desk.allSent();
  expect(noted()).toEqual(['Una vez']);
  const { ticket } = await desk.window.until('current.changed', ({ ticket: at }) => at?.timeline?.length === 3);
  expect(ticket?.timeline?.map(({ isPending }) => isPending)).toEqual([false, false, false]);
});

test('[R3] what is written is on screen at once, marked, and loses the mark when the server has it', async () => {
  const ticketId = await attend();
  const held = Promise.withResolvers<void>();
  desk.server.faults.holdDeliveries = held.promise;
  await note(ticketId, 'Ya');
  const line = desk.window.latest('current.changed')?.ticket?.timeline?.at(-1);
  expect(line).toMatchObject({ isPending: true, event: { fact: { type: 'note.added', text: 'Ya' } } });
  held.resolve();
  desk.server.faults.holdDeliveries = null;
  const { ticket } = await desk.window.until('current.changed', ({ ticket: at }) => at?.isPending === false);
  expect(ticket?.timeline?.at(-1)?.isPending).toBe(false);
});

test('[R5] a refused act goes to "No enviado" with its reason and what was written; the ones behind it go on', async () => {
  const ticketId = await attend();
  desk.server.faults.refuse = ({ body }) => (body.type === 'note.add' && body.text === 'mala' ? 'FORBIDDEN' : null);
  await desk.goOffline();
  for (const text of ['primera', 'mala', 'tercera']) await note(ticketId, text);
  desk.server.restore();
  const { refused } = await desk.window.until('outbox.changed', (fact) => isEmpty(fact) && fact.refused.length === 1);
  expect(noted()).toEqual(['primera', 'mala', 'tercera']);
  expect(refused[0]).toMatchObject({ act: { type: 'note.add', text: 'mala' }, error: { code: 'FORBIDDEN' } });
  const texts = desk.window
    .latest('current.changed')
    ?.ticket?.timeline?.flatMap(({ event }) => (event.fact.type === 'note.added' ? [event.fact.text] : []));
  expect(texts).toEqual(['primera', 'tercera']);
});

test('[R5] what was refused stays on file until its correction is safe, through a crash in between', async () => {
  const ticketId = await attend();
  desk.server.faults.refuse = ({ body }) => (body.type === 'note.add' && body.text === 'mala' ? 'FORBIDDEN' : null);
  await note(ticketId, 'mala');
  const { refused } = await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  const ids = [refused[0]!.id];
  const correction = { ids, act: { type: 'note.add', ticketId, text: 'buena' } } as const;

  await desk.restart();
  await desk.startWorking();
  expect(await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1)).toMatchObject({
    refused: [{ act: { type: 'note.add', text: 'mala' } }],
  });

  expect(await desk.window.call('outbox.replace', correction)).toMatchObject({ ticketId });
  await desk.window.until('outbox.changed', (fact) => isEmpty(fact) && fact.refused.length === 0);
  expect(noted()).toEqual(['mala', 'buena']);
});

test('[R5] a refused act can be sent again', async () => {
  const ticketId = await attend();
  desk.server.faults.refuse = ({ body }) => (body.type === 'note.add' ? 'SERVICE_CLOSED' : null);
  await note(ticketId, 'otra vez');
  const { refused } = await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  desk.server.faults.refuse = null;
  await desk.window.call('outbox.retry', { id: refused[0]!.id });
  await desk.window.until('outbox.changed', (fact) => isEmpty(fact) && fact.refused.length === 0);
  const { ticket } = await desk.window.until('current.changed', (fact) => fact.ticket?.timeline?.length === 3);
  expect(ticket?.timeline?.at(-1)?.event.fact).toEqual({ type: 'note.added', text: 'otra vez' });
});

test('[R5] what was refused to an agent cannot be reached by the next one at the desk, nor by nobody', async () => {
  const ticketId = await attend();
  desk.server.faults.refuse = ({ body }) => (body.type === 'note.add' ? 'FORBIDDEN' : null);
  await note(ticketId, 'de Ana');
  const { refused } = await desk.window.until('outbox.changed', (fact) => fact.refused.length === 1);
  const { id } = refused[0]!;
  await desk.finish(ticketId);
  await desk.allSent();
  await desk.window.call('session.signOut', {});
  await expect(desk.window.call('outbox.discard', { id })).rejects.toMatchObject({ body: { code: 'UNAUTHENTICATED' } });
  await desk.signIn('luis@demo.test');
  await desk.takeSeat(moduleTwo);
  for (const name of ['outbox.discard', 'outbox.retry'] as const) {
    await expect(desk.window.call(name, { id })).rejects.toMatchObject({ body: { code: 'NOT_FOUND' } });
  }
});

test('[R2] without the line an act that needs it is refused at once and never queued', async () => {
  const { id } = desk.server.addTicket(1);
  await desk.waiting(1);
  await desk.goOffline();
  const acts = [
    { type: 'ticket.call', ticketId: id },
    { type: 'ticket.create', serviceId: caja, priority: 'normal', customer: { type: 'none' } },
    { type: 'ticket.transfer', ticketId: id, serviceId: caja, comment: '' },
    { type: 'ticket.cancel', ticketId: id },
  ] as const;
  for (const act of acts) {
    await expect(desk.window.call('act', act)).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
  }
  expect(desk.window.latest('outbox.changed')?.pending).toEqual([]);
  desk.server.restore();
  await desk.line('up');
  expect(desk.server.delivered.filter(({ body }) => body.type.startsWith('ticket.'))).toEqual([]);
});

test('[R9] a direct act whose answer is lost is tried again under the same id and answered once', async () => {
  const { id } = desk.server.addTicket(1);
  await desk.waiting(1);
  desk.server.faults.answersToLose = 2;
  await desk.window.call('act', { type: 'ticket.call', ticketId: id });
  const { ticket } = await desk.window.until('current.changed', ({ ticket: at }) => at !== null);
  expect(ticket?.header).toMatchObject({ state: 'calling', callCount: 1, epoch: 1 });
  expect(desk.server.delivered.filter(({ body }) => body.type === 'ticket.call')).toHaveLength(1);
});

test('an act whose outcome stays unknown for too long is answered so', async () => {
  const { id } = desk.server.addTicket(1);
  await desk.waiting(1);
  desk.server.faults.answersToLose = Number.POSITIVE_INFINITY;
  await expect(desk.window.call('act', { type: 'ticket.call', ticketId: id })).rejects.toMatchObject({
    body: { code: 'UNKNOWN_OUTCOME' },
  });
});

test('a direct act goes behind what is queued', async () => {
  const ticketId = await attend();
  const held = Promise.withResolvers<void>();
  desk.server.faults.holdDeliveries = held.promise;
  await note(ticketId, 'antes');
  await desk.finish(ticketId);
  const created = desk.window.call('act', {
    type: 'ticket.create',
    serviceId: caja,
    priority: 'normal',
    customer: { type: 'none' },
  });
  desk.server.faults.holdDeliveries = null;
  held.resolve();
  expect((await created).turnCode).toMatch(/^C-\d+$/);
  expect(desk.server.delivered.slice(-3).map(({ body }) => body.type)).toEqual([
    'note.add',
    'attention.finish',
    'ticket.create',
  ]);
});

test('[R3] rows written before the desk died are delivered by the next run, each once', async () => {
  const ticketId = await attend();
  await desk.goOffline();
  await note(ticketId, 'sin línea');
  await desk.stop();
  desk.server.restore();
  await desk.open();
  await desk.startWorking();
  await desk.allSent();
  expect(noted()).toEqual(['sin línea']);
});

test('rows are delivered under the key of the desk when nobody is signed in', async () => {
  const ticketId = await attend();
  await desk.goOffline();
  await note(ticketId, 'de Ana');
  await desk.stop();
  const done = Promise.withResolvers<void>();
  desk.server.faults.refuse = () => {
    done.resolve();
    return null;
  };
  desk.server.restore();
  await desk.open();
  await done.promise;
  expect(desk.server.delivered.at(-1)).toMatchObject({ authorId: ana, body: { type: 'note.add', text: 'de Ana' } });
});

test('a queued act says when it was done, by the server’s clock; a direct one leaves that to the server', async () => {
  const ticketId = await attend();
  await note(ticketId, 'Hora');
  await desk.allSent();
  const at = desk.server.delivered.at(-1)?.occurredAt;
  expect(Math.abs((at ?? 0) - desk.server.state.now())).toBeLessThan(5_000);
  await desk.finish(ticketId);
  await desk.window.call('act', {
    type: 'ticket.create',
    serviceId: caja,
    priority: 'normal',
    customer: { type: 'none' },
  });
  expect(desk.server.delivered.at(-1)?.occurredAt).toBeNull();
});

test('a ticket that this desk does not know is not acted upon', async () => {
  const ticketId = idOf<TicketId>('7', 999);
  await expect(note(ticketId, 'x')).rejects.toMatchObject({ body: { code: 'NOT_FOUND', field: 'ticketId' } });
});
