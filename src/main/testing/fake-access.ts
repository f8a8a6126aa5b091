import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import type { SignedIn } from '../../protocol/http/desk-api.ts';
import type { AgentId, DeviceId, SessionId } from '../../protocol/ids.ts';
import { ana, branch, luis, moduleOne, moduleTwo, PASSWORD } from './fake-office.ts';

const people = new Map([
  ['ana@demo.test', ana],
  ['luis@demo.test', luis],
]);

export interface FakeSession {
  token: string;
  agentId: AgentId;
  deviceId: DeviceId;
}

/** Whom the fake server lets in: its agents and their sessions, and the desks it knows by their keys. */
export function createFakeAccess(now: () => number) {
  const sessions = new Map<string, FakeSession>();
  const devices = new Map<DeviceId, string>();
  const revoked = new Set<DeviceId>();
  const socketTickets = new Map<string, string>();
  let sessionEnded = { left: 0, ...Promise.withResolvers<void>() };
  let passwordOfAll = PASSWORD;

  const deviceOf = (header: string | undefined): DeviceId | null => {
    const [id = '', secret = ''] = (header ?? '').replace(/^Device /, '').split('.');
    return devices.get(id as DeviceId) === secret ? (id as DeviceId) : null;
  };

  return {
    deviceOf,
    /** Whether the request shows the right key of a desk that was revoked. */
    isRevoked: ({ headers }: IncomingMessage): boolean =>
      [headers.authorization, String(headers['x-device'])].some((shown) => {
        const id = deviceOf(shown);
        return id !== null && revoked.has(id);
      }),
    /** A desk that shows no key is enrolled. */
    signIn: (
      { email, password }: { email: string; password: string },
      shown: string | undefined,
    ): SignedIn | 'UNAUTHENTICATED' | 'WRONG_CREDENTIALS' => {
      const agentId = people.get(email);
      const device = shown === undefined ? null : deviceOf(shown);
      if (shown !== undefined && !device) return 'UNAUTHENTICATED';
      if (!agentId || password !== passwordOfAll) return 'WRONG_CREDENTIALS';
      const enrolled = { id: uuidv7() as DeviceId, secret: uuidv7() };
      if (!device) devices.set(enrolled.id, enrolled.secret);
      const token = uuidv7();
      sessions.set(token, { token, agentId, deviceId: device ?? enrolled.id });
      return signedIn(email, agentId, {
        sessionToken: token,
        expiresAt: now() + 12 * 3_600_000,
        device: device ? null : enrolled,
      });
    },
    sessionOf: ({ headers }: IncomingMessage): FakeSession | null => {
      const session = sessions.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
      return session && deviceOf(String(headers['x-device'])) === session.deviceId ? session : null;
    },
    endSession: ({ token }: FakeSession): void => {
      sessions.delete(token);
      sessionEnded.left -= 1;
      if (sessionEnded.left === 0) sessionEnded.resolve();
    },
    /** Opens one socket for the session. */
    giveSocketTicket: ({ token }: FakeSession): string => {
      const ticket = uuidv7();
      socketTickets.set(ticket, token);
      return ticket;
    },
    takeSocketTicket: (ticket: string): FakeSession | undefined => {
      const session = sessions.get(socketTickets.get(ticket) ?? '');
      socketTickets.delete(ticket);
      return session;
    },

    endSessions: (): void => sessions.clear(),
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
    /** Every desk enrolled so far is let in no more. */
    revokeDevices: (): void => {
      for (const id of devices.keys()) revoked.add(id);
    },
  };
}

export type FakeAccess = ReturnType<typeof createFakeAccess>;

function signedIn(
  email: string,
  agentId: AgentId,
  own: Pick<SignedIn, 'sessionToken' | 'expiresAt' | 'device'>,
): SignedIn {
  return {
    ...own,
    sessionId: uuidv7() as SessionId,
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
  };
}
