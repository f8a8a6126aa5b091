import type { IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { z } from 'zod';
import type { AgentCommand } from '../../protocol/commands/agent-command.ts';
import { ErrorBody } from '../../protocol/error-codes.ts';
import {
  CommandResults,
  ContactMatches,
  ReservedBlocks,
  SignedIn,
  SocketTicket,
  type ChangePassword,
  type DeliverCommands,
  type ReserveBlocks,
  type SignIn,
  type TakeSeat,
} from '../../protocol/http/desk-api.ts';
import type { DeviceId, TicketId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import { TicketContent } from '../../protocol/ticket-content.ts';
import { DeskError } from '../desk-error.ts';
import { createHttpClient, type HttpClient, type HttpRequest } from './http-client.ts';

/** The key of an enrolled desk. */
export interface DeviceKey {
  id: DeviceId;
  secret: string;
}

/** A session of an agent at this desk. */
export interface SessionKey {
  token: string;
  device: DeviceKey;
}

/** No answer came, or not one of this server: whether the request had an effect is not known. */
export class NoAnswerError extends Error {
  constructor(detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'NoAnswerError';
  }
}

/** Whether another try may end otherwise: no answer came, or the server refused for now alone. */
export function isForLater(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof DeskError && error.body?.retryable === true);
}

/** Whether the server cannot work now: no answer came, or it is there without its database. */
export function isAway(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof DeskError && error.code === 'UNAVAILABLE');
}

export interface ServerApi {
  signIn: (input: SignIn, device: DeviceKey | null) => Promise<SignedIn>;
  takeSeat: (key: SessionKey, input: TakeSeat) => Promise<void>;
  changePassword: (key: SessionKey, input: ChangePassword) => Promise<void>;
  signOut: (key: SessionKey) => Promise<void>;
  socketTicket: (key: SessionKey) => Promise<SocketTicket>;
  deliver: (device: DeviceKey, commands: readonly AgentCommand[], timeoutMs: number) => Promise<CommandResults>;
  reserveBlocks: (key: SessionKey, input: ReserveBlocks) => Promise<ReservedBlocks>;
  searchContacts: (key: SessionKey, search: string) => Promise<ContactMatches>;
  /** The content of a ticket that this desk does not have, read on demand; the server audits it. */
  ticketContent: (key: SessionKey, ticketId: TicketId) => Promise<TicketContent>;
  /**
   * A part of an offered image, from byte `from` to its end; ends early, with NoAnswerError, when the line is cut.
   * `sha256`: of the whole.
   */
  image: (
    key: SessionKey,
    wanted: { branchId: string; sha256: string; from: number },
    stopped: AbortSignal,
  ) => AsyncIterable<Buffer>;
  /** Whether the server can work; an enrolled desk shows its key, so that one that was revoked hears of it. Never throws. */
  isAlive: (device: DeviceKey | null) => Promise<boolean>;
  close: () => void;
}

interface Ask<Answer> {
  method: HttpRequest['method'];
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  answer: z.ZodType<Answer>;
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const nothing = z.unknown().transform(() => undefined);

/**
 * The server's HTTP side. Every call throws DeskError with the server's own body when it refuses, NoAnswerError when there
 * is no answer. `serverUrl` has no path; `language` is the one in which the server puts its refusals; `revoked` is told when it
 * says that this desk was revoked, `dated` when it answered, by its own clock.
 */
export function createServerApi(
  serverUrl: URL,
  { language, revoked, dated }: { language: () => string; revoked: () => void; dated: (serverTime: Instant) => void },
): ServerApi {
  const client = createHttpClient(serverUrl);

  const ask = async <Answer>({ method, path, headers, body, answer, timeoutMs }: Ask<Answer>): Promise<Answer> => {
    const spoken = { ...headers, 'accept-language': language() };
    const response = await send(client, new URL(path, serverUrl), method, spoken, body, timeoutMs ?? TIMEOUT_MS);
    if (response.status < 200 || response.status >= 300) {
      const refusal = ErrorBody.safeParse(response.json);
      if (!refusal.success) throw new NoAnswerError(`Status ${response.status} without a body of ours.`);
      if (refusal.data.code === 'DESK_REVOKED') revoked();
      throw new DeskError(refusal.data.code, { body: refusal.data });
    }
    const parsed = answer.safeParse(response.json);
    if (!parsed.success) throw new NoAnswerError(`The answer to ${method} ${path} is not one of ours.`);
    dated(response.date);
    return parsed.data;
  };

  return {
    signIn: (input, device) =>
      ask({
        method: 'POST',
        path: '/v1/sessions',
        headers: device ? deviceHeader(device) : {},
        body: input,
        answer: SignedIn,
      }),
    takeSeat: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/seat',
        headers: sessionHeaders(key),
        body: input,
        answer: nothing,
      }),
    changePassword: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/password',
        headers: sessionHeaders(key),
        body: input,
        answer: nothing,
      }),
    signOut: (key) =>
      ask({ method: 'DELETE', path: '/v1/sessions/current', headers: sessionHeaders(key), answer: nothing }),
    socketTicket: (key) =>
      ask({
        method: 'POST',
        path: '/v1/sessions/current/socket-tickets',
        headers: sessionHeaders(key),
        body: {},
        answer: SocketTicket,
      }),
    deliver: (device, commands, timeoutMs) =>
      ask({
        method: 'POST',
        path: '/v1/desk/commands',
        headers: deviceHeader(device),
        body: { commands: [...commands] } satisfies DeliverCommands,
        answer: CommandResults,
        timeoutMs,
      }),
    reserveBlocks: (key, input) =>
      ask({
        method: 'POST',
        path: '/v1/desk/blocks',
        headers: sessionHeaders(key),
        body: input,
        answer: ReservedBlocks,
      }),
    searchContacts: (key, search) =>
      ask({
        method: 'GET',
        path: `/v1/desk/contacts?search=${encodeURIComponent(search)}`,
        headers: sessionHeaders(key),
        answer: ContactMatches,
      }),
    ticketContent: (key, ticketId) =>
      ask({
        method: 'GET',
        path: `/v1/desk/tickets/${ticketId}/content`,
        headers: sessionHeaders(key),
        answer: TicketContent,
      }),
    image: async function* (key, { branchId, sha256, from }, stopped) {
      const url = new URL(`/v1/desk/branches/${branchId}/images/${sha256}`, serverUrl);
      const headers = { ...sessionHeaders(key), range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
      const response = await openBody(client, url, headers, stopped);
      if (Number(response.statusCode) >= 400) {
        const refusal = ErrorBody.safeParse(await json(response).catch(() => null));
        if (!refusal.success) throw new NoAnswerError(`Status ${response.statusCode} without a body of ours.`);
        if (refusal.data.code === 'DESK_REVOKED') revoked();
        throw new DeskError(refusal.data.code, { body: refusal.data });
      }
      // A portal answers 200, and nothing else asks for the whole in place of its rest.
      if (response.statusCode !== 206 || !isFrom(response.headers['content-range'], from)) {
        response.destroy();
        throw new NoAnswerError('The answer is not the part that was asked for.');
      }
      try {
        for await (const chunk of response) yield chunk as Buffer;
      } catch (error) {
        throw new NoAnswerError(`The image was cut: ${(error as Error).message}`, { cause: error });
      }
    },
    isAlive: (device) =>
      (device
        ? ask({ method: 'GET', path: '/v1/desk/device', headers: deviceHeader(device), answer: nothing })
        : ask({ method: 'GET', path: '/readyz', headers: {}, answer: z.object({ status: z.literal('ok') }) })
      ).then(
        () => true,
        (error: unknown) => !isAway(error),
      ),
    close: client.close,
  };
}

function deviceHeader({ id, secret }: DeviceKey): Record<string, string> {
  return { authorization: `Device ${id}.${secret}` };
}

function sessionHeaders({ token, device }: SessionKey): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'x-device': `${device.id}.${device.secret}` };
}

const isFrom = (range: string | string[] | undefined, from: number): boolean =>
  typeof range === 'string' && range.startsWith(`bytes ${from}-`);

/** A long body, as long as it comes. */
async function openBody(
  client: HttpClient,
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  try {
    return await client.send(url, { method: 'GET', headers, signal, headTimeoutMs: TIMEOUT_MS });
  } catch (error) {
    throw new NoAnswerError(`GET ${url.pathname}: ${(error as Error).message}`, { cause: error });
  }
}

/** A page of a captive portal is no answer: only JSON, or a success without a body, comes from the server. */
async function send(
  client: HttpClient,
  url: URL,
  method: HttpRequest['method'],
  headers: Record<string, string>,
  body: unknown,
  timeoutMs: number,
): Promise<{ status: number; json: unknown; date: Instant }> {
  try {
    const response = await client.send(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await text(response);
    return {
      status: Number(response.statusCode),
      json: answer === '' ? null : (JSON.parse(answer) as unknown),
      date: Date.parse(String(response.headers.date)),
    };
  } catch (error) {
    throw new NoAnswerError(`${method} ${url.pathname}: ${(error as Error).message}`, { cause: error });
  }
}
