import { expect, test } from 'vitest';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import type { AttentionId, CommandId } from '../../protocol/ids.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';
import { ana, branch, idOf, moduleOne } from '../testing/fake-office.ts';
import { deskUnderTest } from '../testing/desk-under-test.ts';
import { crashImageOf } from '../testing/test-desk.ts';

const desk = deskUnderTest({ isWorking: true });

const status = () => desk.window.latest('status.changed');
const segments = (): string[] => desk.window.latest('shift.changed')?.segments.map(({ kind }) => kind) ?? [];

/** The server calls a ticket for Ana by itself. */
function callAutomatically(number: number): TicketHeader {
  const waiting = desk.server.addTicket(number);
  const attentionId = idOf<AttentionId>('6', number);
  const header: TicketHeader = {
    ...waiting,
    state: 'calling',
    epoch: 1,
    holder: { agentId: ana, agentName: 'Ana Ruiz', moduleId: moduleOne, attentionId, epoch: 1 },
    calledAt: desk.server.state.now(),
    lastCalledAt: desk.server.state.now(),
    callCount: 1,
  };
  desk.server.state.tickets.set(header.id, header);
  const content = { ticketId: header.id, contact: null, topicIds: [], events: [] };
  desk.server.say(`agent:${ana}`, { type: 'content.put', content });
  desk.server.say(`branch:${branch}`, { type: 'ticket.put', header });
  return header;
}

test('[S2-04] the first state is Fuera de línea; one that is chosen is shown at once and kept by the server', async () => {
  expect(status()?.status.state).toBe('offline');
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  expect(status()?.status.state).toBe('online');
  await desk.window.until('status.changed', ({ isPending }) => !isPending);
  expect(desk.server.state.statuses.get(ana)?.state).toBe('online');
});

test('[S2-04] a state that is chosen without the line is shown as pending and reaches the server later', async () => {
  await desk.goOffline();
  await desk.window.call('act', { type: 'status.choose', state: 'lunch' });
  expect(status()).toMatchObject({ isPending: true, status: { state: 'lunch', cause: 'agent' } });
  desk.server.restore();
  await desk.window.until('status.changed', ({ isPending }) => !isPending);
  expect(desk.server.state.statuses.get(ana)?.state).toBe('lunch');
});

test('[S2-04] [R6] a state that came too late is told in one line, and the screen shows the one that holds', async () => {
  await desk.goOffline();
  await desk.window.call('act', { type: 'status.choose', state: 'lunch' });
  expect(status()).toMatchObject({ isPending: true, status: { state: 'lunch' } });
  desk.server.faults.supersede = ({ body }) => body.type === 'status.choose';
  desk.server.restore();
  await desk.window.until('notice.raised', ({ type }) => type === 'statusSuperseded');
  await desk.window.until('status.changed', ({ isPending }) => !isPending);
  expect(status()?.status.state).toBe('offline');
  expect(desk.window.latest('outbox.changed')).toMatchObject({ pending: [], refused: [] });
  expect(desk.window.told('notice.raised')).toHaveLength(1);
});

test.each([
  { type: 'status.chooseNext', state: 'lunch' },
  { type: 'status.setManual', isManual: true },
] as const)('[R6] a late $type is told as what it is', async (act) => {
  await desk.goOffline();
  await desk.window.call('act', act);
  desk.server.faults.supersede = ({ body }) => body.type === act.type;
  desk.server.restore();
  const notice = await desk.window.until('notice.raised', ({ type }) => type === 'statusSuperseded');
  expect(notice).toEqual({ type: 'statusSuperseded', act: act.type });
});

test('[S2-05] the next state is applied when the attention ends, with the line or without, and told once', async () => {
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  const { ticketId } = await desk.attendNow();
  await desk.window.call('act', { type: 'status.chooseNext', state: 'resting' });
  await desk.allSent();
  expect(status()?.status).toMatchObject({ state: 'online', nextState: 'resting' });
  await desk.goOffline();
  await desk.finish(ticketId);
  expect(status()).toMatchObject({
    isPending: true,
    status: { state: 'resting', nextState: 'online', cause: 'nextState' },
  });
  desk.server.restore();
  await desk.allSent();
  expect(desk.server.state.statuses.get(ana)?.state).toBe('resting');
  const told = desk.window.told('notice.raised').filter(({ type }) => type === 'statusApplied');
  expect(told).toEqual([{ type: 'statusApplied', state: 'resting' }]);
});

test('[S2-13] manual mode is set beside the state', async () => {
  await desk.window.call('act', { type: 'status.setManual', isManual: true });
  await desk.window.until('status.changed', ({ isPending, status: now }) => now.isManual && !isPending);
  expect(desk.server.state.statuses.get(ana)).toMatchObject({ isManual: true, state: 'offline' });
});

test('[S2-25] an automatic call is acknowledged by the desk itself and told with its code', async () => {
  const header = callAutomatically(1);
  await desk.window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  await desk.window.until('notice.raised', ({ type }) => type === 'called');
  expect(desk.window.latest('notice.raised')).toEqual({
    type: 'called',
    ticketId: header.id,
    turnCode: 'C-001',
    isAutomatic: true,
  });
  await desk.server.nextDelivery(({ body }) => body.type === 'attention.acknowledge');
});

test('a call by hand is told as such', async () => {
  const { id } = desk.server.addTicket(1);
  await desk.waiting(1);
  await desk.window.call('act', { type: 'ticket.call', ticketId: id });
  const notice = await desk.window.until('notice.raised', ({ type }) => type === 'called');
  expect(notice).toMatchObject({ isAutomatic: false });
});

test('input at the desk while it calls is told to the server, at most every 5 s', async () => {
  callAutomatically(1);
  await desk.window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  for (let count = 0; count < 5; count += 1) await desk.window.call('input.seen', {});
  await desk.server.nextDelivery(({ body }) => body.type === 'attention.touch');
  await desk.window.call('act', { type: 'status.setManual', isManual: true });
  await desk.allSent();
  expect(desk.server.delivered.filter(({ body }) => body.type === 'attention.touch')).toHaveLength(1);
});

test('a call that goes back to the line is told with its cause', async () => {
  const header = callAutomatically(1);
  await desk.window.until('current.changed', ({ ticket }) => ticket?.header.state === 'calling');
  desk.server.say(`agent:${ana}`, {
    type: 'event.added',
    event: {
      id: eventIdOf(idOf<CommandId>('4', 1)),
      ticketId: header.id,
      occurredAt: 1,
      receivedAt: 1,
      isSuspect: false,
      agentId: null,
      agentName: null,
      fact: { type: 'ticket.returned', cause: 'noAnswer' },
    },
  });
  desk.server.say(`branch:${branch}`, { type: 'ticket.put', header: { ...header, state: 'waiting', holder: null } });
  const notice = await desk.window.until('notice.raised', ({ type }) => type === 'returned');
  expect(notice).toEqual({ type: 'returned', turnCode: 'C-001', cause: 'noAnswer' });
});

test('the first customer of an empty line is told, not those behind', async () => {
  desk.server.addTicket(1);
  await desk.window.until('notice.raised', ({ type }) => type === 'firstWaiting');
  desk.server.addTicket(2);
  await desk.waiting(2);
  const told = desk.window.told('notice.raised').map((notice) => notice.type === 'firstWaiting' && notice.turnCode);
  expect(told).toEqual(['C-001']);
});

test('"Mi jornada" is the states and attentions of the day, one after the other', async () => {
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  const { ticketId } = await desk.attendNow();
  await desk.finish(ticketId);
  const { segments: day, from } = await desk.window.until('shift.changed', (fact) => fact.segments.length === 4);
  expect(day.map(({ kind }) => kind)).toEqual(['offline', 'online', 'attending', 'online']);
  expect(day.map((segment) => segment.until)).toEqual([day[1]?.from, day[2]?.from, day[3]?.from, null]);
  expect(from).toBe(day[0]?.from);
});

test('a desk that died while its agent worked says so in the day, and to the server once the agent is back', async () => {
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  await desk.window.until('shift.changed', () => segments().at(-1) === 'online');
  await desk.allSent();
  desk.server.cut();
  await desk.moveTo(crashImageOf(desk.home));
  await desk.signIn();
  await desk.window.until('status.changed', ({ status: now }) => now.state === 'offline');
  expect(status()).toMatchObject({ isPending: true, status: { state: 'offline', cause: 'crash' } });
  await desk.window.until('shift.changed', () => segments().at(-1) === 'offline');
  expect(segments()).toEqual(['offline', 'online', 'offline']);
  desk.server.restore();
  await desk.window.until('status.changed', ({ isPending }) => !isPending);
  expect(desk.server.state.statuses.get(ana)).toMatchObject({ state: 'offline', cause: 'crash' });
});

test('a desk that was stopped in order is no crash', async () => {
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  await desk.allSent();
  await desk.restart();
  await desk.signIn();
  await desk.takeSeat();
  await desk.line('up');
  expect(desk.server.delivered.some(({ body }) => body.type === 'status.choose' && body.cause === 'crash')).toBe(false);
});

const goOnline = async (): Promise<void> => {
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  await desk.window.until('status.changed', ({ isPending, status: now }) => now.state === 'online' && !isPending);
};

test('[S2-04] a machine that is locked rests its agent, by the same way as other states, with its cause', async () => {
  await goOnline();
  desk.running.machineLocked();
  await desk.window.until('status.changed', ({ isPending, status: now }) => now.cause === 'lock' && !isPending);
  expect(desk.server.state.statuses.get(ana)).toMatchObject({ state: 'resting', cause: 'lock' });
  await desk.window.until('shift.changed', () => segments().at(-1) === 'resting');
  await desk.window.call('act', { type: 'status.choose', state: 'online' });
  expect(status()?.status).toMatchObject({ state: 'online', cause: 'agent' });
});

test('[S2-04] locked without the line, the state waits in the outbox and reaches the server later', async () => {
  await goOnline();
  await desk.goOffline();
  desk.running.machineLocked();
  await desk.window.until('status.changed', ({ status: now }) => now.cause === 'lock');
  expect(status()).toMatchObject({ isPending: true, status: { state: 'resting' } });
  desk.server.restore();
  await desk.window.until('status.changed', ({ isPending }) => !isPending);
  expect(desk.server.state.statuses.get(ana)).toMatchObject({ state: 'resting', cause: 'lock' });
});

test('[S2-05] locked with a ticket in hand, the agent rests once it is done', async () => {
  await goOnline();
  const { ticketId } = await desk.attendNow();
  desk.running.machineLocked();
  await desk.window.until('status.changed', ({ status: now }) => now.nextState === 'resting');
  expect(status()?.status.state).toBe('online');
  await desk.finish(ticketId);
  expect(status()?.status).toMatchObject({ state: 'resting', cause: 'nextState' });
});

test('a machine that is locked while nobody works there, or while its agent is not En línea, changes nothing', async () => {
  desk.running.machineLocked();
  await desk.window.call('line.retryNow', {});
  await desk.window.call('session.signOut', {});
  desk.running.machineLocked();
  await desk.signIn();
  expect(desk.server.delivered).toEqual([]);
});
