import { expect, test } from 'vitest';
import { ventas, video } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';

const desk = deskUnderTest({ isWorking: true });

const numbers = (): number[] =>
  desk.server.delivered.flatMap(({ body }) => (body.type === 'ticket.attendNow' ? [body.number] : []));

test('[R2] "Atender ahora" works without the line: attended at once, numbered from the block, kept by the server later', async () => {
  await desk.attendNow().then(({ ticketId }) => desk.finish(ticketId));
  await desk.goOffline();
  const made: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { ticketId, turnCode } = await desk.attendNow();
    made.push(turnCode);
    expect(desk.window.latest('current.changed')?.ticket).toMatchObject({
      isPending: true,
      header: { id: ticketId, state: 'attending', turnCode },
    });
    await desk.finish(ticketId);
    expect(desk.window.latest('current.changed')?.ticket).toBeNull();
  }
  expect(new Set(made).size).toBe(5);
  desk.server.restore();
  await desk.allSent();
  expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
  expect(new Set(numbers()).size).toBe(6);
  const codes = desk.window.latest('handled.changed')?.tickets.map(({ turnCode }) => turnCode);
  expect(codes).toEqual(expect.arrayContaining(made));
});

test('[S2-20] [TK12] with the line up the server has the word: who is busy there is told so, and nothing is kept or shown', async () => {
  desk.server.faults.refuse = ({ body }) => (body.type === 'ticket.attendNow' ? 'BUSY_AGENT' : null);
  await expect(desk.attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
  expect(desk.window.latest('outbox.changed')).toMatchObject({ pending: [], refused: [] });
  expect(desk.window.latest('current.changed')?.ticket).toBeNull();
  expect(desk.server.delivered).toMatchObject([{ occurredAt: null }]);
  desk.server.faults.refuse = null;
  const { ticketId } = await desk.attendNow();
  expect(desk.window.latest('current.changed')?.ticket).toMatchObject({ isPending: false, header: { id: ticketId } });
});

test.each(['before it gets there', 'before the answer is back'])(
  '[R9] [TK12] the customer is kept when the line is lost %s, and the server has one ticket',
  async (when) => {
    await desk.restart({ directAct: 300 });
    await desk.startWorking();
    const held = Promise.withResolvers<void>();
    if (when === 'before it gets there') desk.server.faults.holdDeliveries = held.promise;
    else desk.server.faults.answersToLose = Infinity;
    const { ticketId, turnCode } = await desk.attendNow();
    expect(desk.window.latest('current.changed')?.ticket).toMatchObject({ header: { id: ticketId, turnCode } });
    expect(desk.window.latest('outbox.changed')?.pending).toMatchObject([{ act: { type: 'ticket.attendNow' } }]);
    await expect(desk.attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
    held.resolve();
    desk.server.faults.holdDeliveries = null;
    desk.server.faults.answersToLose = 0;
    await desk.allSent();
    expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
    expect(numbers()).toHaveLength(1);
    await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId && !ticket?.isPending);
  },
);

test('a restart between two of them gives no number twice', async () => {
  await desk.attendNow().then(({ ticketId }) => desk.finish(ticketId));
  await desk.goOffline();
  await desk.attendNow().then(({ ticketId }) => desk.finish(ticketId));
  await desk.stop();
  desk.server.restore();
  await desk.open();
  await desk.startWorking();
  await desk.attendNow().then(({ ticketId }) => desk.finish(ticketId));
  await desk.allSent();
  expect(numbers()).toHaveLength(3);
  expect(new Set(numbers()).size).toBe(3);
});

test('the numbers run out without the line and are topped up with it', async () => {
  await desk.attendNow(ventas).then(({ ticketId }) => desk.finish(ticketId));
  await desk.goOffline();
  for (let round = 0; round < 19; round += 1)
    await desk.attendNow(ventas).then(({ ticketId }) => desk.finish(ticketId));
  await expect(desk.attendNow(ventas)).rejects.toMatchObject({ body: { code: 'NO_BLOCK' } });
  desk.server.restore();
  await desk.line('up');
  await desk.attendNow(ventas);
});

test('at half a block the desk asks for more', async () => {
  const before = desk.server.blocksReserved();
  for (let round = 0; round < 11; round += 1) await desk.attendNow().then(({ ticketId }) => desk.finish(ticketId));
  await desk.allSent();
  expect(desk.server.blocksReserved()).toBeGreaterThan(before);
});

test('a second customer is not attended while one is in hand', async () => {
  await desk.attendNow();
  await expect(desk.attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
});

test('"Atender ahora" pressed twice makes one ticket', async () => {
  const [first, second] = await Promise.allSettled([desk.attendNow(), desk.attendNow()]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { body: { code: 'BUSY_AGENT' } } });
  await desk.allSent();
  expect(numbers()).toHaveLength(1);
});

test('"Finalizar ticket" pressed twice is sent once', async () => {
  const { ticketId } = await desk.attendNow();
  await desk.goOffline();
  const [first, second] = await Promise.allSettled([desk.finish(ticketId), desk.finish(ticketId)]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { body: { code: 'WRONG_STATE' } } });
  const finishes = desk.window.latest('outbox.changed')?.pending.filter(({ act }) => act.type === 'attention.finish');
  expect(finishes).toHaveLength(1);
});

test('a video is not begun without the line', async () => {
  await desk.goOffline();
  await expect(desk.attendNow(video)).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});
