import { afterEach, beforeEach, expect, test } from 'vitest';
import { caja, ventas, video } from '../testing/fake-office.ts';
import { startFakeServer, type FakeServer } from '../testing/fake-server.ts';
import {
  createDeskHome,
  openTestDesk,
  quickTimings,
  startWorking,
  type DeskHome,
  type OpenDesk,
} from '../testing/test-desk.ts';

let server: FakeServer;
let home: DeskHome;
let desk: OpenDesk;

beforeEach(async () => {
  server = await startFakeServer();
  home = createDeskHome();
  desk = await openTestDesk(home, server);
  await startWorking(desk.window);
});
afterEach(async () => {
  await desk.stop();
  await server.stop();
  home.remove();
});

const attendNow = (serviceId = caja) =>
  desk.window.call('act', { type: 'ticket.attendNow', serviceId, customer: { type: 'none' } });
const finish = async (ticketId: Awaited<ReturnType<typeof attendNow>>['ticketId']): Promise<void> => {
  await desk.window.call('act', { type: 'attention.finish', ticketId: ticketId! });
};
const goOffline = async (): Promise<void> => {
  server.cut();
  await desk.window.until('line.changed', ({ state }) => state !== 'up');
};
const numbers = (): number[] =>
  server.delivered.flatMap(({ body }) => (body.type === 'ticket.attendNow' ? [body.number] : []));

test('[R2] "Atender ahora" works without the line: attended at once, numbered from the block, kept by the server later', async () => {
  await attendNow().then(({ ticketId }) => finish(ticketId));
  await goOffline();
  const made: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { ticketId, turnCode } = await attendNow();
    made.push(turnCode!);
    expect(desk.window.latest('current.changed')?.ticket).toMatchObject({
      isPending: true,
      header: { id: ticketId, state: 'attending', turnCode },
    });
    await finish(ticketId);
    expect(desk.window.latest('current.changed')?.ticket).toBeNull();
  }
  expect(new Set(made).size).toBe(5);
  server.restore();
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
  expect(new Set(numbers()).size).toBe(6);
  const codes = desk.window.latest('handled.changed')?.tickets.map(({ turnCode }) => turnCode);
  expect(codes).toEqual(expect.arrayContaining(made));
});

test('[S2-20] [TK12] with the line up the server has the word: who is busy there is told so, and nothing is kept or shown', async () => {
  server.faults.refuse = ({ body }) => (body.type === 'ticket.attendNow' ? 'BUSY_AGENT' : null);
  await expect(attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
  expect(desk.window.latest('outbox.changed')).toMatchObject({ pending: [], refused: [] });
  expect(desk.window.latest('current.changed')?.ticket).toBeNull();
  expect(server.delivered).toMatchObject([{ occurredAt: null }]);
  server.faults.refuse = null;
  const { ticketId } = await attendNow();
  expect(desk.window.latest('current.changed')?.ticket).toMatchObject({ isPending: false, header: { id: ticketId } });
});

test.each(['before it gets there', 'before the answer is back'])(
  '[R9] [TK12] the customer is kept when the line is lost %s, and the server has one ticket',
  async (when) => {
    await desk.stop();
    desk = await openTestDesk(home, server, { ...quickTimings, directAct: 300 });
    await startWorking(desk.window);
    const held = Promise.withResolvers<void>();
    if (when === 'before it gets there') server.faults.holdDeliveries = held.promise;
    else server.faults.answersToLose = Infinity;
    const { ticketId, turnCode } = await attendNow();
    expect(desk.window.latest('current.changed')?.ticket).toMatchObject({ header: { id: ticketId, turnCode } });
    expect(desk.window.latest('outbox.changed')?.pending).toMatchObject([{ act: { type: 'ticket.attendNow' } }]);
    await expect(attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
    held.resolve();
    server.faults.holdDeliveries = null;
    server.faults.answersToLose = 0;
    await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
    expect(desk.window.latest('outbox.changed')?.refused).toEqual([]);
    expect(numbers()).toHaveLength(1);
    await desk.window.until('current.changed', ({ ticket }) => ticket?.header.id === ticketId && !ticket?.isPending);
  },
);

test('a restart between two of them gives no number twice', async () => {
  await attendNow().then(({ ticketId }) => finish(ticketId));
  await goOffline();
  await attendNow().then(({ ticketId }) => finish(ticketId));
  await desk.stop();
  server.restore();
  desk = await openTestDesk(home, server);
  await startWorking(desk.window);
  await attendNow().then(({ ticketId }) => finish(ticketId));
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  expect(numbers()).toHaveLength(3);
  expect(new Set(numbers()).size).toBe(3);
});

test('the numbers run out without the line and are topped up with it', async () => {
  await attendNow(ventas).then(({ ticketId }) => finish(ticketId));
  await goOffline();
  for (let round = 0; round < 19; round += 1) await attendNow(ventas).then(({ ticketId }) => finish(ticketId));
  await expect(attendNow(ventas)).rejects.toMatchObject({ body: { code: 'NO_BLOCK' } });
  server.restore();
  await desk.window.until('line.changed', ({ state }) => state === 'up');
  await attendNow(ventas);
});

test('at half a block the desk asks for more', async () => {
  const before = server.blocksReserved();
  for (let round = 0; round < 11; round += 1) await attendNow().then(({ ticketId }) => finish(ticketId));
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  expect(server.blocksReserved()).toBeGreaterThan(before);
});

test('a second customer is not attended while one is in hand', async () => {
  await attendNow();
  await expect(attendNow()).rejects.toMatchObject({ body: { code: 'BUSY_AGENT' } });
});

test('"Atender ahora" pressed twice makes one ticket', async () => {
  const [first, second] = await Promise.allSettled([attendNow(), attendNow()]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { body: { code: 'BUSY_AGENT' } } });
  await desk.window.until('outbox.changed', ({ pending }) => pending.length === 0);
  expect(numbers()).toHaveLength(1);
});

test('"Finalizar ticket" pressed twice is sent once', async () => {
  const { ticketId } = await attendNow();
  await goOffline();
  const [first, second] = await Promise.allSettled([finish(ticketId), finish(ticketId)]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { body: { code: 'WRONG_STATE' } } });
  const finishes = desk.window.latest('outbox.changed')?.pending.filter(({ act }) => act.type === 'attention.finish');
  expect(finishes).toHaveLength(1);
});

test('a video is not begun without the line', async () => {
  await goOffline();
  await expect(attendNow(video)).rejects.toMatchObject({ body: { code: 'NEEDS_LINE' } });
});
