/** A bare line between the two sides of a call: serves their page, tells each of the other, and passes on what they say. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import { build } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';
import type { CallRole } from '../../src/domain/call/call.ts';
import type { CallEnd } from '../../src/protocol/video/call-end.ts';
import { Signal } from '../../src/protocol/video/signal.ts';
import { checkSignal, newSignalTally } from '../../src/server/video/check-signal.ts';
import type { WireDown, WireUp } from '../../src/web/peer/testing/peer-page/main.ts';

export type PeerWire = {
  url: string;
  /** All that was passed on since the last `forget`, with who said it. */
  said: () => { from: CallRole; signal: Signal }[];
  forget: () => void;
  /** Calls the guest: both sides hear it, also those that come later. */
  call: () => void;
  end: (cause: CallEnd) => void;
  cut: (role: CallRole) => void;
  /** No address of one side reaches the other in the next session. */
  blockNextSession: () => void;
  isConnected: (role: CallRole) => boolean;
  /** As if the other side had said it. */
  tell: (role: CallRole, signal: Signal) => void;
  close: () => Promise<void>;
};

const policy = { allowsLocal: true, allowsLoopback: true, relayOnly: false, relayAddresses: [] };

/** The page of `web/peer/testing/peer-page`, built as the product's pages are. */
export async function buildPeerPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-peer-page-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, '../../src/web/peer/testing/peer-page'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'baseline-widely-available' },
  });
  return folder;
}

/** @param page folder of the built page */
export async function layPeerWire(page: string): Promise<PeerWire> {
  const app = fastify();
  await app.register(fastifyStatic, { root: page });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const sockets = new Map<CallRole, WebSocket>();
  const tallies = { agent: newSignalTally(), guest: newSignalTally() };
  let said: { from: CallRole; signal: Signal }[] = [];
  let isCalled = false;
  let isNextBlocked = false;
  let blocked: number | null = null;

  const otherOf = (role: CallRole): CallRole => (role === 'agent' ? 'guest' : 'agent');
  const tell = (role: CallRole, down: WireDown): void => sockets.get(role)?.send(JSON.stringify(down));

  const server = new WebSocketServer({ server: app.server });
  server.on('connection', (socket, request) => {
    const role = new URL(request.url ?? '', url).searchParams.get('role') as CallRole;
    const other = otherOf(role);
    sockets.set(role, socket);
    if (isCalled) tell(role, { type: 'called' });
    tell(role, { type: sockets.has(other) ? 'peerCame' : 'peerLeft' });
    tell(other, { type: 'peerCame' });
    socket.on('message', (data: Buffer) => {
      const up = JSON.parse(data.toString()) as WireUp;
      const signal = Signal.parse(up.signal);
      const checked = checkSignal(signal, policy, tallies[role]);
      if (checked.outcome === 'refused') throw new Error(`${role} said ${checked.code}`);
      tallies[role] = checked.tally;
      if (isNextBlocked && signal.data.type === 'offer') {
        blocked = signal.session;
        isNextBlocked = false;
      }
      const isBlocked = signal.session === blocked && signal.data.type === 'candidate';
      if (checked.outcome === 'dropped' || isBlocked) return;
      said.push({ from: role, signal: checked.signal });
      tell(other, { type: 'signal', signal: checked.signal });
    });
    socket.on('close', () => {
      if (sockets.get(role) !== socket) return;
      sockets.delete(role);
      tell(other, { type: 'peerLeft' });
    });
  });

  return {
    url,
    said: () => said,
    forget: () => {
      said = [];
    },
    call: () => {
      isCalled = true;
      for (const role of ['guest', 'agent'] as const) tell(role, { type: 'called' });
    },
    end: (cause) => {
      for (const role of ['guest', 'agent'] as const) tell(role, { type: 'ended', cause });
    },
    cut: (role) => sockets.get(role)?.terminate(),
    blockNextSession: () => {
      isNextBlocked = true;
    },
    isConnected: (role) => sockets.has(role),
    tell: (role, signal) => tell(role, { type: 'signal', signal }),
    close: async () => {
      for (const socket of sockets.values()) socket.terminate();
      server.close();
      await app.close();
    },
  };
}
