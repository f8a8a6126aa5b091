import { expect, test } from 'vitest';
import type { Signal } from '../../protocol/video/signal.ts';
import { agentSide, Rooms, type Side } from './rooms.ts';

const ask = (session: number): Signal => ({ session, data: { type: 'ask' } });
const ana = agentSide('ana');
const luis = agentSide('luis');

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
    other: (isHere, other) => told.push([other, isHere]),
    hear: ({ session }, from) => told.push([from, session]),
    replaced: () => told.push('replaced'),
  });
  return { ...place, told };
}

for (const [where, count] of [
  ['at one process', 1],
  ['at two', 2],
] as const) {
  const pair = (): [Rooms, Rooms] => {
    const all = processes(count);
    return [all[0]!, all.at(-1)!];
  };

  test(`${where}: each side knows of the other and hears it, and nobody of another room does`, () => {
    const [here, there] = pair();
    const stranger = sit(there, 'guest', 'other');
    const agent = sit(here, ana);
    const guest = sit(there, 'guest');
    agent.say(ask(1), 'guest');
    guest.say(ask(2), ana);
    guest.leave();
    agent.say(ask(3), 'guest');
    expect(agent.told).toEqual([
      ['guest', true],
      ['guest', 2],
      ['guest', false],
    ]);
    expect(guest.told).toEqual([
      [ana, true],
      [ana, 1],
    ]);
    expect(stranger.told).toEqual([]);
  });

  test(`[B62] ${where}: who comes takes the place of the same side, which hears and says nothing any more`, () => {
    const [here, there] = pair();
    const agent = sit(here, ana);
    const first = sit(here, 'guest');
    const second = sit(there, 'guest');
    first.say(ask(1), ana);
    first.leave();
    agent.say(ask(2), 'guest');
    expect(first.told).toEqual([[ana, true], 'replaced']);
    expect(second.told).toEqual([
      [ana, true],
      [ana, 2],
    ]);
    expect(agent.told.filter((word) => JSON.stringify(word) === '["guest",1]')).toEqual([]);
    expect(agent.told.at(-1)).toEqual(['guest', true]);
  });

  test(`[S2-37] ${where}: beside who attends there is who takes over, and neither hears what is said to the other`, () => {
    const [here, there] = pair();
    const guest = sit(here, 'guest');
    const before = sit(here, ana);
    const next = sit(there, luis);
    guest.say(ask(1), ana);
    guest.say(ask(2), luis);
    before.say(ask(3), 'guest');
    next.say(ask(4), 'guest');
    // Agents do not speak to each other.
    next.say(ask(5), ana);
    before.leave();
    expect(before.told).toEqual([
      ['guest', true],
      ['guest', 1],
    ]);
    expect(next.told).toEqual([
      ['guest', true],
      ['guest', 2],
    ]);
    expect(guest.told).toEqual([
      [ana, true],
      [luis, true],
      [ana, 3],
      [luis, 4],
      [ana, false],
    ]);
  });
}

test('[R11] a word that was lost between the processes is made good when they hear each other again', () => {
  const [here, there] = processes(2) as [Rooms, Rooms];
  const tell = here.tellFar;
  here.tellFar = () => undefined;
  const agent = sit(here, ana);
  const guest = sit(there, 'guest');
  expect(guest.told).toEqual([]);
  here.tellFar = tell;
  here.tellAll();
  there.tellAll();
  agent.say(ask(1), 'guest');
  guest.say(ask(2), ana);
  expect(guest.told).toEqual([
    [ana, true],
    [ana, 1],
  ]);
  expect(agent.told.at(-1)).toEqual(['guest', 2]);
});
