import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskDown } from '../../protocol/socket/down.ts';
import { attend, issue } from '../testing/deliver.ts';
import { newAgent, newOffice } from '../testing/office-factory.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import { agentSide, Rooms } from '../video/rooms.ts';
import { takeAgentSeat } from './agent-seat.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

test('[R11] a join that was answered late does not take the side from the one that was asked for after it', async () => {
  const office = await newOffice(server);
  const ana = await newAgent(office, { main: ['asesoria'] });
  const { id } = await issue(office, { service: 'asesoria', kind: 'virtual' });
  const { ticketId, attentionId } = await attend(ana, id);
  const rooms = new Rooms();
  const agent = { companyId: office.companyId, agentId: ana.id, branchId: office.branch.id };
  const join = async (isWanted: boolean) => {
    const told: DeskDown[] = [];
    const seat = await takeAgentSeat(agent, ticketId as Parameters<typeof takeAgentSeat>[1], {
      context: server.context,
      rooms,
      guests: { watch: () => () => undefined },
      send: (frame) => void told.push(frame),
      refuse: () => undefined,
      isWanted: () => isWanted,
    });
    return { seat, told };
  };
  const wanted = await join(true);
  const late = await join(false);
  expect(late).toEqual({ seat: null, told: [] });
  const heard: unknown[] = [];
  rooms.join(ticketId, 'guest', {
    other: (isHere, side) => heard.push([side, isHere]),
    hear: ({ session }) => heard.push(session),
    replaced: () => undefined,
  });
  if (wanted.seat === null || typeof wanted.seat === 'string') throw new Error('no seat');
  wanted.seat.say({ session: 7, data: { type: 'ask' } });
  expect(heard).toEqual([[agentSide(attentionId), true], 7]);
  expect(wanted.told.at(-1)).toEqual({ type: 'room', ticketId, isOtherHere: true });
  wanted.seat.leave();
});
