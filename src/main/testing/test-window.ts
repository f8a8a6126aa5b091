import { once } from 'node:events';
import WebSocket from 'ws';
import type { CallInput, CallName, CallOutput, Fact, FactName } from '../../bridge/contract.ts';
import type { DownFrame, Wire } from '../../bridge/frame.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';

/** A call was refused; `body` is what the bridge said. */
export class CallRefused extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.code);
    this.body = body;
  }
}

export interface TestWindow {
  call: <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>;
  latest: <Name extends FactName>(name: Name) => Fact<Name> | undefined;
  /** The first fact of this name, told already or still to come, of which `holds` is true. */
  until: <Name extends FactName>(name: Name, holds: (fact: Fact<Name>) => boolean) => Promise<Fact<Name>>;
  /** Posts a frame as it is and waits for its answer or failure. */
  ask: (frame: { id: number }) => Promise<DownFrame>;
  /** All that was told so far, oldest first. */
  told: <Name extends FactName>(name: Name) => Fact<Name>[];
  post: (frame: unknown) => void;
  frames: DownFrame[];
}

/** What a renderer would see and say over a wire. */
export function createTestWindow(post: (frame: unknown) => void): TestWindow & { take: (frame: DownFrame) => void } {
  const frames: DownFrame[] = [];
  const newest = new Map<string, unknown>();
  const waiting = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>();
  const watchers = new Set<() => void>();
  let lastId = 0;

  const told = <Name extends FactName>(name: Name): Fact<Name>[] =>
    frames.flatMap((frame) => (frame.t === 'fact' && frame.name === name ? [frame.fact as Fact<Name>] : []));
  const latest = <Name extends FactName>(name: Name): Fact<Name> | undefined =>
    newest.get(name) as Fact<Name> | undefined;

  return {
    frames,
    told,
    post,
    ask: (frame) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = frames.find(({ t, ...rest }) => t !== 'fact' && 'id' in rest && rest.id === frame.id);
          if (!found) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        post(frame);
      }),
    latest,
    take: (frame) => {
      frames.push(frame);
      if (frame.t === 'fact') newest.set(frame.name, frame.fact);
      if (frame.t === 'answer') waiting.get(frame.id)?.resolve(frame.output as never);
      if (frame.t === 'failure') waiting.get(frame.id)?.reject(new CallRefused(frame.error));
      for (const watcher of watchers) watcher();
    },
    call: (name, input) =>
      new Promise<never>((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        post({ t: 'call', id: lastId, name, input });
      }),
    until: (name, holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          const fact = latest(name);
          if (fact === undefined || !holds(fact)) return;
          watchers.delete(look);
          resolve(fact);
        };
        watchers.add(look);
        look();
      }),
  };
}

/** A window on a desk in this process. */
export function attachTestWindow(attach: (wire: Wire<DownFrame, unknown>) => () => void): TestWindow & {
  detach: () => void;
} {
  let listener: ((frame: unknown) => void) | null = null;
  const window = createTestWindow((frame) => listener?.(structuredClone(frame)));
  const detach = attach({
    post: (frame) => window.take(structuredClone(frame)),
    listen: (take) => {
      listener = take;
      return () => {
        listener = null;
      };
    },
  });
  return { ...window, detach };
}

/** A window on a browser desk, by its address. */
export async function openTestWindow(deskUrl: string): Promise<TestWindow & { socket: WebSocket }> {
  const { host, hash } = new URL(deskUrl);
  const socket = new WebSocket(`ws://${host}/desk`, { origin: `http://${host}` });
  await once(socket, 'open');
  const window = createTestWindow((frame) => socket.send(JSON.stringify(frame)));
  socket.on('message', (data) => window.take(JSON.parse((data as Buffer).toString()) as DownFrame));
  socket.send(JSON.stringify({ t: 'hello', key: hash.replace('#key=', '') }));
  return { ...window, socket };
}
