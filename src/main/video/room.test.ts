import { expect, test } from 'vitest';
import type { RoomFact, SignalFact } from '../../bridge/facts.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { RoomUp } from '../sync/desk-socket.ts';
import { createRoom } from './room.ts';

const one = '0198f0d0-0000-7000-8000-000000000001' as TicketId;
const two = '0198f0d0-0000-7000-8000-000000000002' as TicketId;
const signal = { session: 1, data: { type: 'ask' } } as const;

function roomOn() {
  const said: RoomUp[] = [];
  const facts: RoomFact[] = [];
  const heard: SignalFact[] = [];
  const line = { isUp: true };
  const room = createRoom(
    { say: (frame) => void (line.isUp && said.push(frame)), isLineUp: () => line.isUp },
    { changed: (fact) => facts.push(fact), heard: (fact) => heard.push(fact) },
  );
  return { room, said, facts, heard, line };
}

test('a room that is joined tells of its guest, and hands on what each says', () => {
  const { room, said, facts, heard } = roomOn();
  room.join(one);
  room.take({ type: 'room', ticketId: one, isOtherHere: true });
  room.say(one, signal);
  room.take({ type: 'signal', ticketId: one, signal });
  expect(said).toEqual([
    { type: 'joinRoom', ticketId: one },
    { type: 'signal', ticketId: one, signal },
  ]);
  expect(facts.at(-1)).toEqual({ ticketId: one, isLineUp: true, isGuestHere: true, ice: null });
  expect(heard).toEqual([{ ticketId: one, signal }]);
});

test('[R17] after an outage the room is joined anew, and its guest is not there before the server says so', () => {
  const { room, said, facts, line } = roomOn();
  room.join(one);
  room.take({ type: 'room', ticketId: one, isOtherHere: true });
  line.isUp = false;
  room.lineDown();
  expect(facts.at(-1)).toEqual({ ticketId: one, isLineUp: false, isGuestHere: false, ice: null });
  room.say(one, signal);
  line.isUp = true;
  room.lineUp();
  expect(said).toEqual([
    { type: 'joinRoom', ticketId: one },
    { type: 'joinRoom', ticketId: one },
  ]);
  // Until the server has given this desk its side again, what is said goes nowhere.
  expect(facts.at(-1)).toEqual({ ticketId: one, isLineUp: false, isGuestHere: false, ice: null });
  room.take({ type: 'room', ticketId: one, isOtherHere: false });
  expect(facts.at(-1)).toEqual({ ticketId: one, isLineUp: true, isGuestHere: false, ice: null });
});

test('[B76] what the server says of the way to the guest is told, the newest in place of the one before', () => {
  const { room, facts } = roomOn();
  const ice = (expiresAt: number) => ({ policy: 'all', servers: [], expiresAt }) as const;
  room.join(one);
  room.take({ type: 'ice', ticketId: one, ice: { ...ice(1), servers: [] } });
  room.take({ type: 'ice', ticketId: two, ice: { ...ice(3), servers: [] } });
  room.take({ type: 'ice', ticketId: one, ice: { ...ice(2), servers: [] } });
  expect(facts.at(-1)?.ice).toEqual(ice(2));
});

test('a room that was left is silent both ways, and is not joined again', () => {
  const { room, said, facts, heard } = roomOn();
  room.join(one);
  room.leave(two);
  room.leave(one);
  room.say(one, signal);
  room.take({ type: 'signal', ticketId: one, signal });
  room.take({ type: 'room', ticketId: one, isOtherHere: true });
  room.lineUp();
  expect(said.map(({ type }) => type)).toEqual(['joinRoom', 'leaveRoom']);
  expect(heard).toEqual([]);
  expect(facts.at(-1)).toEqual({ ticketId: null, isLineUp: false, isGuestHere: false, ice: null });
  expect(room.isJoined()).toBe(false);
});
