import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { DeskDown } from '../../protocol/socket/down.ts';
import { DeskUp } from '../../protocol/socket/up.ts';
import type { FakeAccess } from './fake-access.ts';
import type { FakeState } from './fake-commands.ts';
import type { FakeFaults } from './fake-faults.ts';
import type { createFakeImages } from './fake-images.ts';
import { branch, company } from './fake-office.ts';

interface Parts {
  state: FakeState;
  access: FakeAccess;
  images: ReturnType<typeof createFakeImages>;
  faults: FakeFaults;
}

const streamsOf = (id: AgentId): StreamName[] => [`company:${company}`, `branch:${branch}`, `agent:${id}`];

/** The sockets of the fake server: each is brought up to date from its cursors, and is told every change from then on. */
export function createFakeSockets({ state, access, images, faults }: Parts) {
  const { log } = state;
  const followers = new Map<WebSocket, Map<StreamName, number>>();
  const authenticated: { cursors: Record<string, number>; branchSchema?: number | undefined }[] = [];
  const sockets = new WebSocketServer({ noServer: true });

  const down = (socket: WebSocket, frame: DeskDown): void => {
    if (!faults.isSilent) socket.send(JSON.stringify(frame));
  };

  log.listen((stream, change) => {
    for (const [socket, cursors] of followers) {
      if (!cursors.has(stream)) continue;
      cursors.set(stream, change.seq);
      down(socket, { type: 'changes', stream, changes: [change] });
    }
  });

  const sendSnapshot = (socket: WebSocket, stream: StreamName, bodies: ChangeBody[]): void => {
    const parts = Math.max(1, Math.ceil(bodies.length / faults.partSize));
    for (let part = 0; part < parts; part += 1) {
      down(socket, {
        type: 'snapshot',
        stream,
        seq: log.seq(stream),
        isFirst: part === 0,
        isLast: part === parts - 1,
        bodies: bodies.slice(part * faults.partSize, (part + 1) * faults.partSize),
      });
    }
  };

  const greet = (socket: WebSocket): void => {
    socket.on('error', () => socket.terminate());
    socket.on('close', () => followers.delete(socket));
    socket.on('message', (data) => {
      const frame = DeskUp.parse(JSON.parse((data as Buffer).toString()));
      if (images.faults.isUnknown && 'branchSchema' in frame) {
        authenticated.push({ cursors: frame.cursors, branchSchema: frame.branchSchema });
        const error = { code: 'BAD_FRAME', title: '', retryable: false, requestId: '' } as const;
        return down(socket, { type: 'error', error });
      }
      if (frame.type === 'ping') {
        down(socket, { type: 'pong', serverTime: state.now() });
        return;
      }
      if (frame.type !== 'authenticate') return;
      const session = access.takeSocketTicket(frame.ticket);
      if (!session) return socket.close(4401, 'expired');
      authenticated.push({ cursors: frame.cursors, branchSchema: frame.branchSchema });
      const streams = streamsOf(session.agentId);
      down(socket, { type: 'welcome', serverTime: state.now(), agentId: session.agentId, branchId: branch, streams });
      for (const stream of streams) {
        const changes = log.after(stream, frame.cursors[stream]);
        const image = images.offer(stream, changes === null && frame.branchSchema !== undefined);
        if (image) {
          down(socket, image);
          return socket.close(1000, 'image');
        }
        if (changes === null) sendSnapshot(socket, stream, log.snapshot(stream));
        else if (changes.length > 0) down(socket, { type: 'changes', stream, changes });
      }
      followers.set(socket, new Map(streams.map((name) => [name, log.seq(name)])));
      down(socket, { type: 'caughtUp', serverTime: state.now() });
    });
  };

  return {
    /** What each desk showed when it came in. */
    authenticated,
    upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
      const isNone = !access.deviceOf(request.headers.authorization) || access.isRevoked(request);
      if (isNone || request.headers.origin !== undefined) stream.destroy();
      else sockets.handleUpgrade(request, stream, head, greet);
    },
    count: (): number => followers.size,
    /** Sends a frame as it is to every desk. */
    shout: (text: string): void => {
      for (const socket of followers.keys()) socket.send(text);
    },
    close: (code: number, reason: string): void => {
      for (const socket of followers.keys()) socket.close(code, reason);
    },
  };
}
