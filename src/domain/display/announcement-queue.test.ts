import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayCall } from '../../protocol/http/public-api.ts';
import { NINE } from '../testing/sample-ticket.ts';
import { emptyAnnouncementQueue, nextAnnouncementQueue } from './announcement-queue.ts';
import type { AnnouncementQueue } from './announcement-queue.ts';

const call = (id: string, code: string, at: number): DisplayCall => ({
  id,
  code,
  moduleName: 'Módulo 1',
  name: null,
  at,
});
const received = (queue: AnnouncementQueue, calls: DisplayCall[], now: number) =>
  nextAnnouncementQueue(queue, { type: 'callsReceived', calls }, now);
const ended = (queue: AnnouncementQueue, now = NINE) =>
  nextAnnouncementQueue(queue, { type: 'announcementEnded' }, now);
const open = received(emptyAnnouncementQueue, [], NINE);

/** Ids from the one being announced to the last one waiting. */
const ids = ({ current, waiting }: AnnouncementQueue) =>
  [...(current ? [current] : []), ...waiting].map(({ id }) => id);

describe('announcement queue', () => {
  it('[S2-55] [AN1] announces one call at a time, in the order of the calls', () => {
    const first = call('a', 'C-001', NINE);
    const second = call('b', 'C-002', NINE + 1);
    const third = call('c', 'C-003', NINE + 2);
    let queue = received(open, [second, first], NINE + 1);
    expect(queue.current).toEqual(first);
    queue = received(queue, [third, second, first], NINE + 2);
    expect(queue.current).toEqual(first);
    queue = ended(queue);
    expect(queue.current).toEqual(second);
    queue = ended(queue);
    expect(queue.current).toEqual(third);
    expect(ended(queue)).toMatchObject({ current: null, waiting: [] });
  });

  it('[S2-55] [AN1] announces each call once, also after its list left it out for a while', () => {
    const first = call('a', 'C-001', NINE);
    let queue = ended(received(open, [first], NINE));
    queue = received(queue, [], NINE + 1000);
    queue = received(queue, [first], NINE + 2000);
    expect(ids(queue)).toEqual([]);
  });

  it('[S2-28] [AN1] announces a recall of a call that was heard', () => {
    const queue = received(open, [call('a', 'C-001', NINE)], NINE);
    expect(ids(received(queue, [call('a2', 'C-001', NINE + 20_000)], NINE + 20_000))).toEqual(['a', 'a2']);
    expect(ids(received(ended(queue), [call('a2', 'C-001', NINE + 20_000)], NINE + 20_000))).toEqual(['a2']);
  });

  it('[S2-28] [AN2] a recall takes the place of a call that nobody has heard yet', () => {
    const queue = received(
      open,
      [call('c', 'C-003', NINE + 2), call('b', 'C-002', NINE + 1), call('a', 'C-001', NINE)],
      NINE + 2,
    );
    const recalled = received(queue, [call('b2', 'C-002', NINE + 15_000)], NINE + 15_000);
    expect(ids(recalled)).toEqual(['a', 'b2', 'c']);
  });

  it('[S2-55] [AN3] announces nothing of its first list', () => {
    const calls = [call('a', 'C-001', NINE)];
    const queue = received(emptyAnnouncementQueue, calls, NINE);
    expect(ids(queue)).toEqual([]);
    expect(ids(received(queue, calls, NINE + 1000))).toEqual([]);
    expect(ids(received(queue, [call('b', 'C-002', NINE + 1000), ...calls], NINE + 1000))).toEqual(['b']);
  });

  it('[R7] [AN4] after a cut announces what is 60 s old and nothing older', () => {
    const calls = [call('c', 'C-003', NINE + 60_000), call('b', 'C-002', NINE), call('a', 'C-001', NINE - 1)];
    expect(ids(received(open, calls, NINE + 60_000))).toEqual(['b', 'c']);
  });

  it('[S2-55] [AN1] announces every fresh call exactly once in order, and remembers a minute only', () => {
    const stepsArbitrary = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('call' as const), seconds: fc.nat(20) }),
        fc.record({ type: fc.constant('list' as const), seconds: fc.nat(20) }),
        fc.record({ type: fc.constant('end' as const), seconds: fc.nat(20) }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        let queue = open;
        let now = NINE;
        const made: DisplayCall[] = [];
        const heard: string[] = [];
        const listen = (next: AnnouncementQueue) => {
          if (next.current && next.current !== queue.current) heard.push(next.current.id);
          queue = next;
        };
        for (const { type, seconds } of steps) {
          now += seconds * 1000;
          if (type === 'call') made.unshift(call(`call ${made.length}`, `C-${100 + made.length}`, now));
          if (type === 'end' && queue.current) listen(ended(queue, now));
          else listen(received(queue, made.slice(0, 6), now));
          expect(queue.known.length).toBeLessThanOrEqual(made.length);
          if (type !== 'end') expect(queue.known.every(({ at }) => now - at <= 60_000)).toBe(true);
        }
        while (queue.current) listen(ended(queue, now));
        expect(heard).toEqual(made.toReversed().map(({ id }) => id));
      }),
    );
  });
});
