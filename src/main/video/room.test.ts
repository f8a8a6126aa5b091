import { expect, test, vi } from 'vitest';
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
  expect(room.isInVideo()).toBe(false);
});

test('[T25] a call that is under way may ask for the devices, and takes the room once the server has called the guest', () => {
  const { room, said, facts } = roomOn();
  expect(room.isInVideo()).toBe(false);
  room.prepare(one);
  expect(room.isInVideo()).toBe(true);
  expect(said).toEqual([]);
  room.called(two);
  expect(said).toEqual([]);
  room.called(one);
  room.take({ type: 'room', ticketId: one, isOtherHere: true });
  room.join(one);
  expect(said).toEqual([{ type: 'joinRoom', ticketId: one }]);
  expect(facts.at(-1)).toEqual({ ticketId: one, isLineUp: true, isGuestHere: true, ice: null });
  // A window that was loaded anew takes it anew.
  room.join(one);
  expect(said).toHaveLength(2);
});

test('[T25] a call that the server refuses gives the devices back, and so does a window that never opens the video', () => {
  vi.useFakeTimers();
  try {
    const { room, said } = roomOn();
    room.prepare(one);
    room.notCalled(one);
    expect(room.isInVideo()).toBe(false);
    room.called(one);
    expect(said).toEqual([]);
    room.prepare(one);
    room.called(one);
    vi.advanceTimersByTime(10_000);
    expect(room.isInVideo()).toBe(false);
    expect(said.at(-1)).toEqual({ type: 'leaveRoom', ticketId: one });
  } finally {
    vi.useRealTimers();
  }
});

test('[R11] a side that the server did not give is asked for again until it does, also where the call had prepared it', () => {
  vi.useFakeTimers();
  try {
    const { room, said, facts, line } = roomOn();
    const asked = () => said.filter(({ type }) => type === 'joinRoom').length;
    room.prepare(one);
    room.called(one);
    room.join(one);
    expect(asked()).toBe(1);
    // The server could not look, and said so to nobody in particular.
    vi.advanceTimersByTime(3_000);
    expect(asked()).toBe(2);
    vi.advanceTimersByTime(5_999);
    expect(asked()).toBe(2);
    vi.advanceTimersByTime(1);
    expect(asked()).toBe(3);
    room.take({ type: 'room', ticketId: one, isOtherHere: true });
    vi.advanceTimersByTime(60_000);
    expect(asked()).toBe(3);
    expect(facts.at(-1)).toMatchObject({ isLineUp: true, isGuestHere: true });
    // Without the line nothing is asked, and nothing of a room that was left.
    line.isUp = false;
    room.lineDown();
    vi.advanceTimersByTime(60_000);
    line.isUp = true;
    expect(asked()).toBe(3);
    room.lineUp();
    expect(asked()).toBe(4);
    room.leave(one);
    vi.advanceTimersByTime(60_000);
    expect(asked()).toBe(4);
  } finally {
    vi.useRealTimers();
  }
});
