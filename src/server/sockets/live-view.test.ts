import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Subscriber } from '../changes/change-hub.ts';
import { watchLive, type LiveView } from './live-view.ts';

/** A hub of one stream, which tests move. */
class OneStream {
  seq = 0;
  isBroken = false;
  readonly subscribedAt: number[] = [];
  #subscriber: Subscriber | null = null;

  readonly subscribe = (subscriber: Subscriber, seq: number): (() => void) => {
    this.#subscriber = subscriber;
    this.subscribedAt.push(seq);
    return () => {
      this.#subscriber = null;
    };
  };

  readonly readSeq = (): Promise<number> =>
    this.isBroken ? Promise.reject(new Error('no database')) : Promise.resolve(this.seq);

  get isFollowed(): boolean {
    return this.#subscriber !== null;
  }

  grow(): void {
    this.seq += 1;
    this.#subscriber?.take([]);
  }

  /** As the hub does it: lets go of the subscriber, then says so. */
  drop(): void {
    const dropped = this.#subscriber;
    this.#subscriber = null;
    dropped?.fail();
  }
}

let stream: OneStream;
let live: LiveView;
let shown: number[];
let failures: unknown[];
beforeEach(async () => {
  vi.useFakeTimers();
  stream = new OneStream();
  shown = [];
  failures = [];
  live = follow(10_000);
  await vi.advanceTimersByTimeAsync(0);
});
const follow = (refreshMs: number): LiveView =>
  watchLive({
    hub: stream,
    stream: 'branch:x',
    readSeq: stream.readSeq,
    pauseMs: 100,
    refreshMs,
    read: stream.readSeq,
    show: (state) => void shown.push(state),
    fail: (error) => void failures.push(error),
  });
afterEach(() => {
  live.stop();
  vi.useRealTimers();
});

test('shows the state at once, after changes no oftener than the pause, and by itself after the refresh', async () => {
  expect(shown).toEqual([0]);
  for (let change = 0; change < 5; change += 1) stream.grow();
  await vi.advanceTimersByTimeAsync(99);
  expect(shown).toEqual([0]);
  await vi.advanceTimersByTimeAsync(1);
  expect(shown).toEqual([0, 5]);
  await vi.advanceTimersByTimeAsync(9_900);
  expect(shown).toEqual([0, 5, 5]);
});

test('[R10] let go by the stream it follows it again at once, from where the stream stands, and misses nothing', async () => {
  await vi.advanceTimersByTimeAsync(100);
  // What it could not be told of.
  stream.seq = 1;
  stream.drop();
  await vi.advanceTimersByTimeAsync(0);
  expect(stream.subscribedAt).toEqual([0, 1]);
  expect(shown).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(100);
  stream.grow();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([0, 1, 2]);
  expect(failures).toEqual([]);
});

test('[R10] while the database is away it tries again at each refresh, with one follower at a time', async () => {
  stream.isBroken = true;
  stream.drop();
  await vi.advanceTimersByTimeAsync(0);
  expect(failures).toHaveLength(1);
  expect(stream.isFollowed).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(failures).toHaveLength(2);
  stream.isBroken = false;
  stream.grow();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stream.subscribedAt).toEqual([0, 1]);
  expect(shown).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(100);
  stream.grow();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toEqual([0, 1, 2]);
});

test('stopped while it joins, it follows nothing and shows nothing', async () => {
  stream.drop();
  live.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(stream.isFollowed).toBe(false);
  expect(shown).toEqual([0]);
});

test('[R10] what seldom moves is seldom looked at by itself, and after a look that failed within 10 s', async () => {
  live.stop();
  live = follow(60_000);
  await vi.advanceTimersByTimeAsync(0);
  shown = [];
  await vi.advanceTimersByTimeAsync(59_999);
  expect(shown).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(shown).toEqual([0]);
  stream.isBroken = true;
  stream.grow();
  await vi.advanceTimersByTimeAsync(100);
  expect(failures).toHaveLength(1);
  stream.isBroken = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown).toEqual([0, 1]);
});
