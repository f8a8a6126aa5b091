import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBranchViews, type BranchViews } from './branch-views.ts';

const PAUSE_MS = 500;

let takers: Map<string, Set<() => void>>;
let reads: [branchId: string, items: string[]][];
/** What `read` knows; undefined: there is no such item. */
let known: Map<string, number>;
let isBroken: boolean;
let logged: string[];
let views: BranchViews<number>;
beforeEach(() => {
  vi.useFakeTimers();
  takers = new Map();
  reads = [];
  known = new Map();
  isBroken = false;
  logged = [];
  views = createBranchViews({
    hub: {
      subscribe: ({ stream, take }) => {
        const tell = (): void => take([]);
        takers.set(stream, (takers.get(stream) ?? new Set()).add(tell));
        return () => takers.get(stream)?.delete(tell);
      },
    },
    log: pino({ level: 'error' }, { write: (line) => void logged.push(line) }),
    readSeq: () => Promise.resolve(0),
    pauseMs: PAUSE_MS,
    refreshMs: 10_000,
    read: (branchId, items) => {
      reads.push([branchId, items]);
      return isBroken ? Promise.reject(new Error('no database')) : Promise.resolve(known);
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const change = (branchId: string): void => {
  for (const tell of takers.get(`branch:${branchId}`) ?? []) tell();
};
const followers = (branchId: string): number => takers.get(`branch:${branchId}`)?.size ?? 0;

function watch(branchId: string, item: string) {
  const shown: (number | null)[] = [];
  const failures: string[] = [];
  const stop = views.watch(branchId, item, {
    show: (state) => void shown.push(state),
    fail: (requestId) => void failures.push(requestId),
  });
  return { shown, failures, stop };
}

test('[T31] 300 watchers of a branch are one read per change, and each is shown its own item', async () => {
  const pages = Array.from({ length: 300 }, (_, index) => {
    known.set(`ticket-${index}`, index);
    return watch('centro', `ticket-${index}`);
  });
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(reads).toEqual([['centro', [...known.keys()]]]);
  expect(followers('centro')).toBe(1);
  for (const times of [2, 3, 4]) {
    change('centro');
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(reads).toHaveLength(times);
    expect(pages.map(({ shown }) => shown)).toEqual(pages.map((_, index) => Array(times).fill(index)));
  }
  for (const { stop } of pages) stop();
});

test('pages that come at the same time share a look, at the latest when the pause is over', async () => {
  known.set('display', 7);
  const first = watch('centro', 'display');
  await vi.advanceTimersByTimeAsync(0);
  const others = Array.from({ length: 20 }, () => watch('centro', 'display'));
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(reads).toHaveLength(2);
  expect(others.map(({ shown }) => shown)).toEqual(others.map(() => [7]));
  expect(first.shown).toEqual([7, 7]);
});

test('one that comes while the others are read is not shown as missing', async () => {
  known.set('first', 1).set('second', 2);
  watch('centro', 'first');
  await Promise.resolve();
  await Promise.resolve();
  expect(reads).toEqual([['centro', ['first']]]);
  const second = watch('centro', 'second');
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(second.shown).toEqual([2]);
});

test('what is not there is shown as null; a branch tells nothing to another', async () => {
  known.set('here', 1);
  const [here, gone, other] = [watch('centro', 'here'), watch('centro', 'gone'), watch('norte', 'here')];
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  change('centro');
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect([here.shown, gone.shown, other.shown]).toEqual([[1, 1], [null, null], [1]]);
});

test('a failed read is logged once, under the id that every page is told', async () => {
  isBroken = true;
  const pages = [watch('centro', 'a'), watch('centro', 'b'), watch('centro', 'b')];
  await vi.advanceTimersByTimeAsync(0);
  const [line, ...others] = logged.map((text) => JSON.parse(text) as { requestId: string });
  expect(others).toEqual([]);
  expect(pages.map(({ failures }) => failures)).toEqual(pages.map(() => [line?.requestId]));
});

test('when the last page has gone the branch is let go, and the next one begins anew', async () => {
  known.set('a', 1);
  const [one, other] = [watch('centro', 'a'), watch('centro', 'a')];
  await vi.advanceTimersByTimeAsync(0);
  one.stop();
  expect(followers('centro')).toBe(1);
  other.stop();
  expect(followers('centro')).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toHaveLength(1);
  const next = watch('centro', 'a');
  await vi.advanceTimersByTimeAsync(0);
  expect(next.shown).toEqual([1]);
  expect(one.shown).toEqual([1]);
});
