import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import { AgentCommand, type CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { ReserveBlocks, type SignedIn } from '../../protocol/http/desk-api.ts';
import type { AgentId, BlockId, CommandId, DeviceId, SessionId } from '../../protocol/ids.ts';
import type { DeskDown } from '../../protocol/socket/down.ts';
import { DeskUp } from '../../protocol/socket/up.ts';
import { doCommand, type FakeState } from './fake-commands.ts';
import { createFakeImages } from './fake-images.ts';
import { createFakeLog } from './fake-log.ts';
import {
  ana,
  branch,
  company,
  fakeOffice,
  fakeStatus,
  fakeTicket,
  luis,
  moduleOne,
  moduleTwo,
  PASSWORD,
} from './fake-office.ts';

const people = new Map([
  ['ana@demo.test', ana],
  ['luis@demo.test', luis],
]);

/**
 * A central server for the desk's tests: the wire and the rules of the real one in memory, and every fault that a line can
 * have, at the test's word.
 */
export async function startFakeServer() {
  const state: FakeState = { log: createFakeLog(), tickets: new Map(), statuses: new Map(), now: Date.now };
  const { log } = state;
  const images = createFakeImages(log);
  const answers = new Map<CommandId, CommandResult>();
  const delivered: AgentCommand[] = [];
  const sessions = new Map<string, { agentId: AgentId; deviceId: DeviceId }>();
  const devices = new Map<DeviceId, string>();
  const revoked = new Set<DeviceId>();
  const socketTickets = new Map<string, string>();
  const connections = new Set<Socket>();
  const followers = new Map<WebSocket, { agentId: AgentId; cursors: Map<StreamName, number> }>();
  const authenticated: { cursors: Record<string, number>; branchSchema?: number | undefined }[] = [];
  const faults = {
    isCut: false,
    /** The next deliveries are done, but their answers never leave. */
    answersToLose: 0,
    /** A refusal for a command, instead of doing it. */
    refuse: null as ((command: AgentCommand) => ErrorCode | null) | null,
    /** A command that came after a newer act elsewhere: nothing is done. */
    supersede: null as ((command: AgentCommand) => boolean) | null,
    /** Held before it is looked at, until the promise is settled. */
    holdDeliveries: null as Promise<void> | null,
    partSize: 1_000,
    /** Sockets stay open and say nothing. */
    isSilent: false,
    expired: false,
    /** The server is there without its database. */
    isUnavailable: false,
    signedInElsewhere: false,
  };
  const watchers = new Set<(command: AgentCommand) => void>();
  let sessionEnded = { left: 0, ...Promise.withResolvers<void>() };
  let passwordOfAll = PASSWORD;
  let nextNumber = 1_000;
  let blocksReserved = 0;

  log.say(`company:${company}`, { type: 'office.put', office: fakeOffice() });

  const agentStream = (id: AgentId): StreamName => `agent:${id}`;
  const streamsOf = (id: AgentId): StreamName[] => [`company:${company}`, `branch:${branch}`, agentStream(id)];
  const down = (socket: WebSocket, frame: DeskDown): void => {
    if (!faults.isSilent) socket.send(JSON.stringify(frame));
  };

  log.listen((stream, change) => {
    for (const [socket, { cursors }] of followers) {
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

  const sockets = new WebSocketServer({ noServer: true });
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
      const session = sessions.get(socketTickets.get(frame.ticket) ?? '');
      socketTickets.delete(frame.ticket);
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
      followers.set(socket, {
        agentId: session.agentId,
        cursors: new Map(streams.map((name) => [name, log.seq(name)])),
      });
      down(socket, { type: 'caughtUp', serverTime: state.now() });
    });
  };

  const signedIn = (email: string, enrolled: SignedIn['device'], agentId: AgentId, token: string): SignedIn => ({
    sessionId: uuidv7() as SessionId,
    sessionToken: token,
    expiresAt: state.now() + 12 * 3_600_000,
    agent: {
      id: agentId,
      email,
      firstName: agentId === ana ? 'Ana' : 'Luis',
      lastName: agentId === ana ? 'Ruiz' : 'Paz',
      role: 'agent',
      mustChangePassword: false,
    },
    companyName: 'Demo Telecom',
    isDemo: true,
    seats: [
      {
        branchId: branch,
        branchName: 'Sucursal Centro',
        modules: [
          { id: moduleOne, name: 'Módulo 1', takenBy: null },
          { id: moduleTwo, name: 'Módulo 2', takenBy: null },
        ],
      },
    ],
    device: enrolled,
  });

  const deviceOf = (header: string | undefined): DeviceId | null => {
    const [id = '', secret = ''] = (header ?? '').replace(/^Device /, '').split('.');
    return devices.get(id as DeviceId) === secret ? (id as DeviceId) : null;
  };
  /** Whether the request shows the right key of a desk that was revoked. */
  const isRevoked = ({ headers }: IncomingMessage): boolean =>
    [headers.authorization, String(headers['x-device'])].some((shown) => {
      const id = deviceOf(shown);
      return id !== null && revoked.has(id);
    });
  const sessionOf = (request: IncomingMessage) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const session = sessions.get(token);
    return session && deviceOf(String(request.headers['x-device'])) === session.deviceId ? { token, ...session } : null;
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, json?: unknown): void => {
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(json === undefined ? '' : JSON.stringify(json));
    };
    const refuse = (status: number, code: ErrorCode): void =>
      answer(status, { code, title: code, retryable: false, requestId: 'fake' });
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const name = `${request.method} ${pathname}`;

    if (faults.isUnavailable) {
      return answer(503, { code: 'UNAVAILABLE', title: 'UNAVAILABLE', retryable: true, requestId: 'fake' });
    }
    if (name === 'GET /readyz') return answer(200, { status: 'ok' });
    if (isRevoked(request)) return refuse(403, 'DESK_REVOKED');
    if (name === 'GET /v1/desk/device') {
      return deviceOf(request.headers.authorization) ? answer(204) : refuse(401, 'UNAUTHENTICATED');
    }
    if (name === 'POST /v1/sessions') {
      const { email, password } = body as { email: string; password: string };
      const agentId = people.get(email);
      const shown = request.headers.authorization;
      const device = shown === undefined ? null : deviceOf(shown);
      if (shown !== undefined && !device) return refuse(401, 'UNAUTHENTICATED');
      if (!agentId || password !== passwordOfAll) return refuse(401, 'WRONG_CREDENTIALS');
      const enrolled = device ? null : { id: uuidv7() as DeviceId, secret: uuidv7() };
      if (enrolled) devices.set(enrolled.id, enrolled.secret);
      const token = uuidv7();
      sessions.set(token, { agentId, deviceId: device ?? (enrolled as { id: DeviceId }).id });
      return answer(201, signedIn(email, enrolled, agentId, token));
    }
    if (name === 'POST /v1/desk/commands') {
      await faults.holdDeliveries;
      if (!deviceOf(request.headers.authorization)) return refuse(401, 'UNAUTHENTICATED');
      const { commands } = body as { commands: AgentCommand[] };
      const results = commands.map((raw) => {
        const command = AgentCommand.parse(raw);
        const known = answers.get(command.id);
        if (known) return known;
        const code = faults.refuse?.(command) ?? null;
        const result: CommandResult = code
          ? { id: command.id, status: 'refused', error: { code, title: code, retryable: false, requestId: 'fake' } }
          : faults.supersede?.(command)
            ? { id: command.id, status: 'superseded', positions: [] }
            : doCommand(state, command);
        delivered.push(command);
        for (const watcher of watchers) watcher(command);
        answers.set(command.id, result);
        return result;
      });
      if (faults.answersToLose > 0) {
        faults.answersToLose -= 1;
        request.socket.destroy();
        return undefined;
      }
      return answer(200, { serverTime: state.now(), results });
    }
    const session = sessionOf(request);
    if (!session && faults.signedInElsewhere) return refuse(401, 'SIGNED_IN_ELSEWHERE');
    if (!session) return refuse(401, faults.expired ? 'SESSION_EXPIRED' : 'UNAUTHENTICATED');
    if (name.startsWith('GET /v1/desk/branches/')) {
      return images.answer(request, response) ? undefined : refuse(404, 'NOT_FOUND');
    }
    switch (name) {
      case 'POST /v1/sessions/current/seat': {
        const status = fakeStatus(session.agentId, state.now());
        state.statuses.set(session.agentId, status);
        log.say(agentStream(session.agentId), { type: 'status.put', status });
        return answer(204);
      }
      case 'POST /v1/sessions/current/socket-tickets': {
        const ticket = uuidv7();
        socketTickets.set(ticket, session.token);
        return answer(201, { ticket });
      }
      case 'DELETE /v1/sessions/current':
        sessions.delete(session.token);
        sessionEnded.left -= 1;
        if (sessionEnded.left === 0) sessionEnded.resolve();
        return answer(204);
      case 'POST /v1/desk/blocks': {
        const { services } = ReserveBlocks.parse(body);
        blocksReserved += services.length;
        const blocks = services.map(({ serviceId, count }) => {
          const block = {
            id: uuidv7() as BlockId,
            branchId: branch,
            serviceId,
            businessDay: new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Bogota' }).format(state.now()),
            letter: fakeOffice().services.find(({ id }) => id === serviceId)?.letter ?? 'X',
            firstNumber: nextNumber,
            firstTurn: nextNumber - 900,
            count,
          };
          nextNumber += count;
          return block;
        });
        return answer(200, { blocks });
      }
      default:
        return refuse(404, 'NOT_FOUND');
    }
  };

  const server = createServer((request, response) => {
    route(request, response).catch(() => response.writeHead(500).end());
  });
  server.on('upgrade', (request, stream, head) => {
    const isNone = !deviceOf(request.headers.authorization) || isRevoked(request);
    if (isNone || request.headers.origin !== undefined) stream.destroy();
    else sockets.handleUpgrade(request, stream, head, greet);
  });
  server.on('connection', (socket) => {
    if (faults.isCut) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    state,
    faults,
    images,
    /** Commands done, each once, in order. */
    delivered,
    authenticated,
    /** The first command, done already or still to come, of which `holds` is true. */
    nextDelivery: (holds: (command: AgentCommand) => boolean): Promise<AgentCommand> =>
      new Promise((resolve) => {
        const watcher = (command: AgentCommand): void => {
          if (holds(command) && watchers.delete(watcher)) resolve(command);
        };
        watchers.add(watcher);
        delivered.forEach(watcher);
      }),
    blocksReserved: () => blocksReserved,
    /** A ticket enters the line. */
    addTicket: (number: number, more: Parameters<typeof fakeTicket>[2] = {}) => {
      const header = fakeTicket(number, state.now(), more);
      state.tickets.set(header.id, header);
      log.say(`branch:${branch}`, { type: 'ticket.put', header });
      return header;
    },
    say: (stream: StreamName, body: ChangeBody) => log.say(stream, body),
    /** Sends a frame as it is to every desk. */
    shout: (text: string): void => {
      for (const socket of followers.keys()) socket.send(text);
    },
    closeSockets: (code: number, reason: string): void => {
      for (const socket of followers.keys()) socket.close(code, reason);
    },
    /** Nothing goes through until `restore`. */
    cut: (): void => {
      faults.isCut = true;
      for (const socket of connections) socket.destroy();
    },
    restore: (): void => {
      faults.isCut = false;
    },
    endSessions: (): void => sessions.clear(),
    sockets: (): number => followers.size,
    sessions: (): number => sessions.size,
    /** Settles when desks have signed agents out so often. */
    nextSessionEnd: (times = 1): Promise<void> => {
      sessionEnded = { left: times, ...Promise.withResolvers<void>() };
      return sessionEnded.promise;
    },
    changePasswords: (password: string): void => {
      passwordOfAll = password;
    },
    devices: (): number => devices.size,
    forgetDevices: (): void => devices.clear(),
    /** Every desk enrolled so far is let in no more, and its socket is told so. */
    revokeDesks: (): void => {
      for (const id of devices.keys()) revoked.add(id);
      for (const socket of followers.keys()) socket.close(4401, 'deskRevoked');
    },
    stop: async (): Promise<void> => {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}
