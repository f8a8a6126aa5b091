import { once } from 'node:events';
import WebSocket from 'ws';
import type { CallInput, CallName, CallOutput, Fact, FactName } from '../../src/bridge/contract.ts';
import type { DownFrame } from '../../src/bridge/frame.ts';

/** The renderer's end of the bridge of a browser desk. Keeps nothing but the latest fact of each name. */
export interface DeskWindow {
  call: <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>;
  /** The first fact of this name, told already or still to come, of which `holds` is true. */
  until: <Name extends FactName>(name: Name, holds: (fact: Fact<Name>) => boolean) => Promise<Fact<Name>>;
  close: () => void;
}

/** @param deskUrl as the desk's ready line says it */
export async function openDeskWindow(deskUrl: string): Promise<DeskWindow> {
  const { host, hash } = new URL(deskUrl);
  const socket = new WebSocket(`ws://${host}/desk`, { origin: `http://${host}` });
  const facts = new Map<string, unknown>();
  const watchers = new Set<() => void>();
  const calls = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as DownFrame;
    if (frame.t === 'answer') calls.get(frame.id)?.resolve(frame.output as never);
    if (frame.t === 'failure') calls.get(frame.id)?.reject(new Error(frame.error.code));
    if (frame.t !== 'fact') return;
    facts.set(frame.name, frame.fact);
    for (const watcher of watchers) watcher();
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ t: 'hello', key: hash.replace('#key=', '') }));
  let lastId = 0;
  return {
    call: (name, input) =>
      new Promise<never>((resolve, reject) => {
        lastId += 1;
        calls.set(lastId, { resolve, reject });
        socket.send(JSON.stringify({ t: 'call', id: lastId, name, input }));
      }),
    until: (name, holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          const fact = facts.get(name) as Fact<typeof name> | undefined;
          if (fact === undefined || !holds(fact)) return;
          watchers.delete(look);
          resolve(fact);
        };
        watchers.add(look);
        look();
      }),
    close: () => socket.close(),
  };
}
