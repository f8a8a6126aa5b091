import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '../testing/fake-socket.ts';
import { openLiveView, type LiveFrame } from './live-view.ts';

const SERVER = Date.UTC(2026, 6, 23, 15, 42);

let sockets: FakeSocket[];
const last = (): FakeSocket => sockets.at(-1)!;

/** Frames of these tests are what `read` makes of them; anything else is no frame. */
const read = (json: unknown): LiveFrame<string, string> | null =>
  typeof json === 'object' && json !== null && 'type' in json ? (json as LiveFrame<string, string>) : null;

const words: string[] = [];
const line: boolean[] = [];
const open = (chance = 0.5) =>
  openLiveView<string, string>({
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    hello: { type: 'watchDisplay', branch: 'centro' },
    read,
    hear: (word) => words.push(word),
    line: (isUp) => line.push(isUp),
    lastWords: { 4409: 'MOVED' },
    chance: () => chance,
  });

const state = (words: string, serverTime = SERVER) => ({ type: 'state', state: words, serverTime });

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  words.length = 0;
  line.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('live view', () => {
  it('says what it watches in the first frame and shows each state whole', () => {
    const view = open();
    last().open();
    expect(last().sent).toEqual([{ type: 'watchDisplay', branch: 'centro' }]);
    last().say(state('one'));
    last().say(state('two', SERVER + 1));
    expect(view.get()).toEqual({ state: 'two', refusal: null, isSilent: false, heardAt: SERVER + 1 });
    view.close();
  });

  it('[T15] passes over what is no frame of ours', () => {
    const view = open();
    last().open();
    last().say(state('one'));
    last().hear('{"type":');
    last().hear(new ArrayBuffer(4));
    last().say(['state']);
    expect(view.get().state).toBe('one');
    view.close();
  });

  it('[R7] says soon that a page which starts without the line has none, until the first word', () => {
    const view = open();
    last().cut();
    vi.advanceTimersByTime(1_000);
    expect(view.get()).toMatchObject({ isSilent: true, heardAt: null });
    last().open();
    last().say(state('one'));
    vi.advanceTimersByTime(1_000);
    expect(view.get()).toMatchObject({ state: 'one', isSilent: false });
    view.close();
  });

  it('[R7] pings every 10 s', () => {
    const view = open();
    last().open();
    vi.advanceTimersByTime(9_999);
    expect(last().sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(last().sent.slice(1)).toEqual([{ type: 'ping' }]);
    view.close();
  });

  it('[T21] is silent after 15 s without a word, and keeps the last state and its hour', () => {
    const view = open();
    last().open();
    last().say(state('one'));
    vi.advanceTimersByTime(15_000);
    expect(view.get().isSilent).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(view.get()).toEqual({ state: 'one', refusal: null, isSilent: true, heardAt: SERVER });
    last().say({ type: 'pong', serverTime: SERVER + 16_000 });
    expect(view.get()).toEqual({ state: 'one', refusal: null, isSilent: false, heardAt: SERVER + 16_000 });
    view.close();
  });

  it('[T21] is never silent with a server that says nothing but answers each ping, however late within 4 s', () => {
    const view = open();
    last().open();
    last().say(state('one'));
    for (let answered = 0; answered < 10; answered += 1) {
      vi.advanceTimersByTime(10_000 - (answered === 0 ? 0 : 4_000));
      for (let second = 0; second < 4; second += 1) {
        vi.advanceTimersByTime(1_000);
        expect(view.get().isSilent).toBe(false);
      }
      last().say({ type: 'pong', serverTime: SERVER });
    }
    expect(last().sent.filter((frame) => (frame as { type: string }).type === 'ping')).toHaveLength(10);
    view.close();
  });

  it('[T21] is silent 15 s after it was opened against a server that never answers', () => {
    const view = open();
    vi.advanceTimersByTime(16_000);
    expect(view.get()).toEqual({ state: null, refusal: null, isSilent: true, heardAt: null });
    view.close();
  });

  it('[R7] comes back after a cut with a wait that doubles until the server speaks again', () => {
    const view = open(0.5);
    const waits: number[] = [];
    for (let failure = 0; failure < 7; failure += 1) {
      const before = performance.now();
      const count = sockets.length;
      last().cut();
      while (sockets.length === count) vi.advanceTimersToNextTimer();
      waits.push(performance.now() - before);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    last().open();
    last().say(state('back'));
    last().cut();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(9);
    view.close();
  });

  it('[R7] leaves a line that has been dead for 30 s, without waiting for its goodbye', () => {
    const view = open(0);
    const dead = last();
    dead.open();
    dead.say(state('one'));
    vi.advanceTimersByTime(30_000);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1_001);
    expect(sockets).toHaveLength(2);
    expect(dead.readyState).toBe(2);
    dead.say(state('from the grave'));
    dead.cut();
    expect(view.get().state).toBe('one');
    expect(sockets).toHaveLength(2);
    view.close();
  });

  it('[R7] gives a new line 30 s of its own to speak', () => {
    const view = open(0);
    vi.advanceTimersByTime(31_001);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(29_000);
    expect(sockets).toHaveLength(2);
    view.close();
  });

  it('[R7] keeps one socket at most through 200 cuts', () => {
    const view = open(0.1);
    for (let cut = 0; cut < 200; cut += 1) {
      last().open();
      last().say(state(`state ${cut}`));
      last().cut();
      view.wake();
      expect(sockets.filter(({ readyState }) => readyState < 2)).toHaveLength(1);
    }
    view.close();
    expect(sockets.filter(({ readyState }) => readyState < 2)).toHaveLength(0);
  });

  it('[B59] shows a refusal and asks again only after 30 s', () => {
    const view = open(0);
    last().open();
    last().say({ type: 'error', code: 'NOT_FOUND', retryable: false });
    expect(view.get().refusal).toBe('NOT_FOUND');
    vi.advanceTimersByTime(29_999);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
    last().open();
    last().say(state('it is there now'));
    expect(view.get()).toMatchObject({ state: 'it is there now', refusal: null });
    view.close();
  });

  it('[R7] does not come back once a listener has closed it on a refusal, nor when it is woken', () => {
    const view = open(0);
    view.subscribe(() => view.get().refusal !== null && view.close());
    last().open();
    last().say({ type: 'error', code: 'NOT_FOUND', retryable: false });
    vi.advanceTimersByTime(120_000);
    view.wake();
    expect(sockets).toHaveLength(1);
    expect(last().readyState).toBeGreaterThanOrEqual(2);
    expect(view.get().refusal).toBe('NOT_FOUND');
  });

  it('[R7] has no line after a listener has closed it on a state, and gives up one that was up', () => {
    const view = open(0);
    view.subscribe(() => view.get().state === 'the end' && view.close());
    last().open();
    last().say(state('the end'));
    expect(line).toEqual([]);
    const other = open(0);
    last().open();
    last().say(state('one'));
    other.close();
    expect(line).toEqual([true, false]);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(2);
  });

  it('[R8] comes back soon from an error that passes, and shows none', () => {
    const view = open(0.5);
    last().open();
    last().say({ type: 'error', code: 'UNAVAILABLE', retryable: true });
    expect(view.get().refusal).toBeNull();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    view.close();
  });

  it('[S2-34] hands on what is said besides the state, says what it is told to, and tells when the line comes and goes', () => {
    const view = open();
    view.say({ type: 'ping' });
    last().open();
    expect(line).toEqual([]);
    last().say(state('one'));
    last().say(state('two'));
    last().say({ type: 'word', word: 'hear this' });
    expect(words).toEqual(['hear this']);
    expect(view.get().state).toBe('two');
    view.say({ type: 'signal', signal: { session: 1, data: { type: 'ask' } } });
    expect(last().sent.slice(1)).toEqual([{ type: 'signal', signal: { session: 1, data: { type: 'ask' } } }]);
    last().cut();
    expect(line).toEqual([true, false]);
    view.close();
    expect(line).toEqual([true, false]);
  });

  it('[B62] does not come back after a goodbye that is the last', () => {
    const view = open(0);
    last().open();
    last().say(state('one'));
    last().cut(4409);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect(view.get()).toMatchObject({ state: 'one', refusal: 'MOVED' });
  });

  it('[R7] gives a line that is in doubt 3 s to prove that it lives', () => {
    const view = open(0);
    last().open();
    view.prove();
    last().say(state('one'));
    view.prove();
    expect(last().sent.slice(1)).toEqual([{ type: 'ping' }]);
    last().say({ type: 'pong', serverTime: SERVER });
    vi.advanceTimersByTime(3_000);
    expect(sockets).toHaveLength(1);
    view.prove();
    vi.advanceTimersByTime(2_999);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
    view.close();
  });

  it('wakes up at once after a sleep, and leaves a line that works alone', () => {
    const view = open();
    last().open();
    last().say(state('one'));
    view.wake();
    expect(sockets).toHaveLength(1);
    vi.setSystemTime(Date.now() + 600_000);
    view.wake();
    expect(sockets).toHaveLength(2);
    view.close();
  });
});
