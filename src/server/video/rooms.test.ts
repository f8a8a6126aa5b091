import { expect, test } from 'vitest';
import type { Signal } from '../../protocol/video/signal.ts';
import { Rooms, type Side } from './rooms.ts';

const ask = (session: number): Signal => ({ session, data: { type: 'ask' } });

/** Server processes that hear each other at once. */
function processes(count: number): Rooms[] {
  const all = Array.from({ length: count }, () => new Rooms());
  for (const rooms of all) {
    rooms.tellFar = (word) => {
      for (const other of all) if (other !== rooms) other.hearFar(structuredClone(word));
    };
  }
  return all;
}

function sit(rooms: Rooms, side: Side, ticketId = 'one') {
  const told: unknown[] = [];
  const place = rooms.join(ticketId, side, {
    other: (isHere) => told.push(isHere),
    hear: ({ session }) => told.push(session),
    replaced: () => told.push('replaced'),
  });
  return { ...place, told };
}

for (const [where, count] of [
  ['at one process', 1],
  ['at two', 2],
] as const) {
  // Another process answers that the other side is there.
  const met = count === 1 ? [true] : [false, true];
  const pair = (): [Rooms, Rooms] => {
    const all = processes(count);
    return [all[0]!, all.at(-1)!];
  };

  test(`${where}: each side knows of the other and hears it, and nobody of another room does`, () => {
    const [here, there] = pair();
    const stranger = sit(there, 'guest', 'other');
    const agent = sit(here, 'agent');
    const guest = sit(there, 'guest');
    agent.say(ask(1));
    guest.say(ask(2));
    guest.leave();
    agent.say(ask(3));
    expect(agent.told).toEqual([false, true, 2, false]);
    expect(guest.told).toEqual([...met, 1]);
    expect(stranger.told).toEqual([false]);
  });

  test(`[B62] ${where}: who comes takes the place of the same side, which hears and says nothing any more`, () => {
    const [here, there] = pair();
    const agent = sit(here, 'agent');
    const first = sit(here, 'guest');
    const second = sit(there, 'guest');
    first.say(ask(1));
    first.leave();
    agent.say(ask(2));
    expect(first.told).toEqual([true, 'replaced']);
    expect(second.told).toEqual([...met, 2]);
    expect(agent.told.filter((word) => word === 1)).toEqual([]);
    expect(agent.told.at(-1)).toBe(true);
  });
}

test('[R11] a word that was lost between the processes is made good when they hear each other again', () => {
  const [here, there] = processes(2) as [Rooms, Rooms];
  const tell = here.tellFar;
  here.tellFar = () => undefined;
  const agent = sit(here, 'agent');
  const guest = sit(there, 'guest');
  expect(guest.told).toEqual([false]);
  here.tellFar = tell;
  here.tellAll();
  there.tellAll();
  agent.say(ask(1));
  guest.say(ask(2));
  expect(guest.told).toEqual([false, true, 1]);
  expect(agent.told).toEqual([false, true, true, 2]);
});
