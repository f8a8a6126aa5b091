import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PipeState } from './desk-pipe.ts';
import { socketPipe } from './socket-pipe.ts';

class FakeSocket extends EventTarget {
  readonly sent: unknown[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.end(1_000);
  }
  open(): void {
    this.dispatchEvent(new Event('open'));
  }
  say(frame: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }
  end(code: number): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start({ isListening = true } = {}) {
  const sockets: FakeSocket[] = [];
  const states: PipeState[] = [];
  const frames: unknown[] = [];
  const pipe = socketPipe({
    url: 'ws://127.0.0.1:1/desk',
    key: 'k3y',
    createSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  pipe.watch((state) => states.push(state));
  if (isListening) pipe.listen((frame) => frames.push(frame));
  const last = (): FakeSocket => sockets.at(-1)!;
  const greet = (): void => {
    last().open();
    last().say({ t: 'fact', name: 'session.changed', fact: {} });
  };
  return { pipe, sockets, states, frames, last, greet };
}

describe('socket pipe', () => {
  test('the first frame shows the key, and the pipe is open once the desk speaks', () => {
    const { pipe, last, states, frames } = start();
    pipe.post({ t: 'call', id: 1, name: 'early', input: {} });
    last().open();
    expect(last().sent).toEqual([{ t: 'hello', key: 'k3y' }]);
    expect(pipe.state()).toBe('connecting');
    last().say({ t: 'fact', name: 'line.changed', fact: 1 });
    expect(states).toEqual(['open']);
    expect(frames).toEqual([{ t: 'fact', name: 'line.changed', fact: 1 }]);
    pipe.post({ t: 'call', id: 2, name: 'act', input: {} });
    expect(last().sent).toHaveLength(2);
  });

  test('[R7] a lost socket is opened anew, later and later, and at once quickly again after it was open', () => {
    const { greet, last, sockets, states } = start();
    greet();
    const pauses: number[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      last().end(1_006);
      const before = Date.now();
      const count = sockets.length;
      while (sockets.length === count) vi.advanceTimersByTime(100);
      pauses.push(Date.now() - before);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    greet();
    last().end(1_006);
    vi.advanceTimersByTime(500);
    greet();
    expect(states).toEqual(['open', 'lost', 'open', 'lost', 'open']);
  });

  test('a window that was replaced stays so until the agent takes over', () => {
    const { pipe, greet, last, sockets } = start();
    greet();
    last().say({ t: 'replaced' });
    last().end(4_409);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    expect(pipe.state()).toBe('replaced');
    pipe.takeOver();
    greet();
    expect(sockets).toHaveLength(2);
    expect(pipe.state()).toBe('open');
  });

  test('a window with the key of an ended desk says so and does not try again', () => {
    const { pipe, last, sockets } = start();
    last().open();
    last().end(4_401);
    vi.advanceTimersByTime(60_000);
    expect(pipe.state()).toBe('refused');
    expect(sockets).toHaveLength(1);
  });

  test('what the desk tells before anybody listens is told to the first who does, in its order', async () => {
    const { pipe, greet, last } = start({ isListening: false });
    greet();
    last().say({ t: 'fact', name: 'line.changed', fact: 1 });
    const told: unknown[] = [];
    pipe.listen((frame) => told.push(frame));
    expect(told).toEqual([]);
    await Promise.resolve();
    last().say({ t: 'fact', name: 'line.changed', fact: 2 });
    expect(told).toEqual([
      { t: 'fact', name: 'session.changed', fact: {} },
      { t: 'fact', name: 'line.changed', fact: 1 },
      { t: 'fact', name: 'line.changed', fact: 2 },
    ]);
  });

  test('what was told over a socket that is gone is not told again', async () => {
    const { pipe, greet, last } = start({ isListening: false });
    greet();
    last().end(1_006);
    vi.advanceTimersByTime(500);
    last().open();
    const told: unknown[] = [];
    pipe.listen((frame) => told.push(frame));
    await Promise.resolve();
    expect(told).toEqual([]);
  });

  test('what is no JSON does not stop it', () => {
    const { last, greet, frames } = start();
    greet();
    last().dispatchEvent(new MessageEvent('message', { data: '{oops' }));
    last().say({ t: 'answer', id: 1, output: null });
    expect(frames.at(-1)).toEqual({ t: 'answer', id: 1, output: null });
  });
});
