import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CallRefused } from '../../src/main/testing/test-window.ts';
import type { DeskDown } from '../../src/protocol/socket/down.ts';
import { issueTicket, openAgentClient } from './support/agent-client.ts';
import { converged, waitingAtDesk } from './support/branch-view.ts';
import { amount, chanceOfTest } from './support/chance.ts';
import { layChaosWire } from './support/chaos-wire.ts';
import { checkHistory } from './support/check-history.ts';
import { openFaultDesk } from './support/fault-desk.ts';
import { openFaultOffice, PASSWORD, type FaultServer } from './support/fault-office.ts';
import { openHistory } from './support/history.ts';
import { layMessageWire } from './support/message-wire.ts';
import { storedNotes } from './support/stored.ts';

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0).toReversed()) await close();
});

/** How many desks have an open socket, as the server's own figures say. */
async function openSockets({ url }: FaultServer): Promise<number> {
  const answer = await fetch(`${url}/metrics`);
  return Number(/^ventanilla_desks (\d+)$/m.exec(await answer.text())?.[1] ?? 'NaN');
}

const isChange = (text: string): boolean => text.startsWith('{"type":"changes","stream":"branch:');

test('[R7] the line is cut, half open, black, truncated, doubled and mixed up: one socket at most, nothing twice, and the desk has what the server has', async () => {
  const chance = chanceOfTest();
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const server = office.servers[0]!;
  const wire = await layChaosWire(server.url);
  closes.push(wire.close);
  const messages = await layMessageWire(wire.url);
  closes.push(messages.close);
  const desk = await openFaultDesk({ serverUrl: messages.url, dataFolder: join(office.folder, 'desk'), number: 1 });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.enter();
  await desk.lineUp();
  await desk.window().call('act', { type: 'status.setManual', isManual: true });
  const history = openHistory();
  const { id: ticketId } = await issueTicket(server.url, 'noted');
  await converged(desk, office);

  const cuts = amount(40, 200);
  for (let index = 0; index < cuts; index += 1) {
    const type = chance.pick(['cut', 'truncate', 'halfOpen', 'blackhole', 'abandon', 'duplicate', 'reorder'] as const);
    let struck: Promise<void>;
    if (type === 'abandon') {
      wire.abandon();
      struck = Promise.resolve();
    } else if (type === 'duplicate' || type === 'reorder') struck = messages.strike(type, isChange);
    else {
      const direction = chance.pick(['up', 'down'] as const);
      struck = wire.strike({ type, direction, afterBytes: chance.below(200) });
    }
    const op = `note ${index}`;
    const noted = desk.perform(history, op, ticketId, { type: 'note.add', ticketId, text: op });
    // The second carries a message that was held back past its place.
    await issueTicket(server.url, `a-${index}`);
    await issueTicket(server.url, `b-${index}`);
    await struck;
    expect(await noted).toBe('ok');
    wire.mend();
    await converged(desk, office);
    expect(await openSockets(server)).toBeLessThanOrEqual(1);
  }
  await desk.hurried(desk.delivered());

  const rows = await waitingAtDesk(desk);
  expect(rows).toHaveLength(1 + 2 * cuts);
  const effects = await storedNotes(office.store);
  expect(effects).toHaveLength(cuts);
  expect(checkHistory(history.events, { effects, holds: [], refused: [], shown: [] })).toEqual([]);
  expect(await openSockets(server)).toBe(1);
});

test('[R7] who was refused a seat because the line broke sits down once it is whole, without signing in anew', async () => {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const wire = await layChaosWire(office.servers[0]!.url);
  closes.push(wire.close);
  const desk = await openFaultDesk({ serverUrl: wire.url, dataFolder: join(office.folder, 'desk'), number: 1 });
  closes.push(() => desk.kill('SIGTERM'));
  await desk.window().call('session.signIn', { email: office.agents[0]!, password: PASSWORD });
  wire.cut();
  await expect(desk.enter()).rejects.toThrow(CallRefused);
  wire.mend();
  await desk.enter();
  expect(desk.window().latest('session.changed')).toMatchObject({ state: 'working' });
});

test('[R7] twin: a follower without a cursor has everything twice after a cut, and the checker says so', async () => {
  const office = await openFaultOffice({ agents: 1, servers: 1 });
  closes.push(office.close);
  const { url } = office.servers[0]!;
  const agent = await openAgentClient(url, 1);
  const history = openHistory();
  const tickets: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const { id } = await issueTicket(url);
    tickets.push(id);
    history.record({ type: 'invoke', client: 'kiosk', op: id, ticketId: null });
    history.record({ type: 'ok', client: 'kiosk', op: id, ticketId: null });
  }
  const heard: string[] = [];
  for (let connection = 0; connection < 2; connection += 1) {
    const headers = { authorization: `Device ${agent.deviceKey}` };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/desk/socket`, { headers });
    await once(socket, 'open');
    const caughtUp = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as DeskDown;
        if (frame.type === 'snapshot') {
          for (const body of frame.bodies) if (body.type === 'ticket.put') heard.push(body.header.id);
        }
        if (frame.type === 'caughtUp') resolve();
      });
    });
    const ticket = await agent.socketTicket(url);
    socket.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket, cursors: {} }));
    await caughtUp;
    socket.terminate();
  }
  const effects = heard.map((op, position) => ({ op, ticketId: null, position }));
  const found = checkHistory(history.events, { effects, holds: [], refused: [], shown: [] });
  expect(found.toSorted()).toEqual(tickets.map((id) => `twice: ${id} is stored 2 times`).toSorted());
});
