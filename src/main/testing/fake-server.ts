import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import type { ChangeBody, StreamName } from '../../protocol/change.ts';
import { AgentCommand, type CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { ReserveBlocks } from '../../protocol/http/desk-api.ts';
import type { BlockId, CommandId } from '../../protocol/ids.ts';
import { createFakeAccess } from './fake-access.ts';
import { doCommand, type FakeState } from './fake-commands.ts';
import { createFakeFaults, faultOf, losesAnswer } from './fake-faults.ts';
import { createFakeImages } from './fake-images.ts';
import { createFakeLog } from './fake-log.ts';
import { branch, company, fakeOffice, fakeStatus, fakeTicket } from './fake-office.ts';
import { createFakeSockets } from './fake-sockets.ts';

/**
 * A central server for the desk's tests: the wire and the rules of the real one in memory, and every fault that a line can
 * have, at the test's word.
 */
export async function startFakeServer() {
  const state: FakeState = { log: createFakeLog(), tickets: new Map(), statuses: new Map(), now: Date.now };
  const { log } = state;
  const faults = createFakeFaults();
  const access = createFakeAccess(() => state.now());
  const images = createFakeImages(log);
  const sockets = createFakeSockets({ state, access, images, faults });
  const answers = new Map<CommandId, CommandResult>();
  const delivered: AgentCommand[] = [];
  const connections = new Set<Socket>();
  const watchers = new Set<(command: AgentCommand) => void>();
  let nextNumber = 1_000;
  let blocksReserved = 0;

  log.say(`company:${company}`, { type: 'office.put', office: fakeOffice() });

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
    if (access.isRevoked(request)) return refuse(403, 'DESK_REVOKED');
    if (name === 'GET /v1/desk/device') {
      return access.deviceOf(request.headers.authorization) ? answer(204) : refuse(401, 'UNAUTHENTICATED');
    }
    if (name === 'POST /v1/sessions') {
      const signedIn = access.signIn(body as { email: string; password: string }, request.headers.authorization);
      return typeof signedIn === 'string' ? refuse(401, signedIn) : answer(201, signedIn);
    }
    if (name === 'POST /v1/desk/commands') {
      await faults.holdDeliveries;
      if (!access.deviceOf(request.headers.authorization)) return refuse(401, 'UNAUTHENTICATED');
      const { commands } = body as { commands: AgentCommand[] };
      const results = commands.map((raw) => {
        const command = AgentCommand.parse(raw);
        const known = answers.get(command.id);
        if (known) return known;
        const result = faultOf(faults, command) ?? doCommand(state, command);
        delivered.push(command);
        for (const watcher of watchers) watcher(command);
        answers.set(command.id, result);
        return result;
      });
      if (losesAnswer(faults)) {
        request.socket.destroy();
        return undefined;
      }
      return answer(200, { serverTime: state.now(), results });
    }
    const session = access.sessionOf(request);
    if (!session && faults.signedInElsewhere) return refuse(401, 'SIGNED_IN_ELSEWHERE');
    if (!session) return refuse(401, faults.expired ? 'SESSION_EXPIRED' : 'UNAUTHENTICATED');
    if (name.startsWith('GET /v1/desk/branches/')) {
      return images.answer(request, response) ? undefined : refuse(404, 'NOT_FOUND');
    }
    switch (name) {
      case 'POST /v1/sessions/current/seat': {
        const status = fakeStatus(session.agentId, state.now());
        state.statuses.set(session.agentId, status);
        log.say(`agent:${session.agentId}`, { type: 'status.put', status });
        return answer(204);
      }
      case 'POST /v1/sessions/current/socket-tickets':
        return answer(201, { ticket: access.giveSocketTicket(session) });
      case 'DELETE /v1/sessions/current':
        access.endSession(session);
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
  server.on('upgrade', sockets.upgrade);
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
    authenticated: sockets.authenticated,
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
    shout: sockets.shout,
    closeSockets: sockets.close,
    sockets: sockets.count,
    /** Nothing goes through until `restore`. */
    cut: (): void => {
      faults.isCut = true;
      for (const socket of connections) socket.destroy();
    },
    restore: (): void => {
      faults.isCut = false;
    },
    sessions: access.sessions,
    endSessions: access.endSessions,
    nextSessionEnd: access.nextSessionEnd,
    changePasswords: access.changePasswords,
    devices: access.devices,
    forgetDevices: access.forgetDevices,
    /** Every desk enrolled so far is let in no more, and its socket is told so. */
    revokeDesks: (): void => {
      access.revokeDevices();
      sockets.close(4401, 'deskRevoked');
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
