import type { IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import type { z } from 'zod';
import { ErrorBody } from '../../protocol/error-codes.ts';
import type { Instant } from '../../protocol/instant.ts';
import { DeskError } from '../desk-error.ts';
import { createHttpClient, type HttpRequest } from './http-client.ts';
import { NoAnswerError } from './no-answer.ts';

interface Ask<Answer> {
  method: HttpRequest['method'];
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  /** Sent as they are, in place of a body. */
  bytes?: Buffer;
  answer: z.ZodType<Answer>;
  timeoutMs?: number;
}

interface Part {
  path: string;
  headers: Record<string, string>;
  /** The first byte that is wanted. */
  from: number;
  stopped: AbortSignal;
}

export interface ServerRequestsOptions {
  /** In which the server puts its refusals. */
  language: () => string;
  /** The server says that this desk was revoked. */
  revoked: () => void;
  /** The server answered, by its own clock. */
  dated: (serverTime: Instant) => void;
}

const TIMEOUT_MS = 10_000;

/**
 * Requests to the server, whose address has no path. They throw DeskError with the server's own body when it refuses, NoAnswerError
 * when there is no answer.
 */
export function createServerRequests(serverUrl: URL, { language, revoked, dated }: ServerRequestsOptions) {
  const client = createHttpClient(serverUrl);

  const begin = (url: URL, request: HttpRequest): Promise<IncomingMessage> =>
    client.send(url, request).catch(failed(request.method, url));

  const refusalOf = (status: number, body: unknown): Error => {
    const refusal = ErrorBody.safeParse(body);
    if (!refusal.success) return new NoAnswerError(`Status ${status} without a body of ours.`);
    if (refusal.data.code === 'DESK_REVOKED') revoked();
    return new DeskError(refusal.data.code, { body: refusal.data });
  };

  /** What is there from a byte to the end, as it comes; ends early, with NoAnswerError, when the line is cut. */
  async function* rest({ path, headers, from, stopped }: Part): AsyncGenerator<Buffer> {
    const url = new URL(path, serverUrl);
    const response = await begin(url, {
      method: 'GET',
      headers: { ...headers, range: `bytes=${from}-` },
      signal: stopped,
      headTimeoutMs: TIMEOUT_MS,
    });
    const status = Number(response.statusCode);
    if (status >= 400) throw refusalOf(status, await json(response).catch(() => null));
    // A portal answers 200, and nothing else asks for the whole in place of its rest.
    if (status !== 206 || response.headers['content-range']?.startsWith(`bytes ${from}-`) !== true) {
      response.destroy();
      throw new NoAnswerError('The answer is not the part that was asked for.');
    }
    try {
      for await (const chunk of response) yield chunk as Buffer;
    } catch (error) {
      throw new NoAnswerError(`${url.pathname} was cut: ${(error as Error).message}`, { cause: error });
    }
  }

  return {
    /** A page of a captive portal is no answer: only JSON, or a success without a body, comes from the server. */
    ask: async <Answer>({ method, path, headers, body, bytes, answer, timeoutMs }: Ask<Answer>): Promise<Answer> => {
      const url = new URL(path, serverUrl);
      const response = await begin(url, {
        method,
        headers: {
          accept: 'application/json',
          'accept-language': language(),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(bytes && { 'content-type': 'application/octet-stream' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(bytes && { body: bytes }),
        signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS),
      });
      const said = await readJson(response).catch(failed(method, url));
      const status = Number(response.statusCode);
      if (status < 200 || status >= 300) throw refusalOf(status, said);
      const parsed = answer.safeParse(said);
      if (!parsed.success) throw new NoAnswerError(`The answer to ${method} ${path} is not one of ours.`);
      dated(Date.parse(String(response.headers.date)));
      return parsed.data;
    },

    rest,
    close: client.close,
  };
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  const body = await text(response);
  return body === '' ? null : (JSON.parse(body) as unknown);
}

const failed =
  (method: string, url: URL) =>
  (error: Error): never => {
    throw new NoAnswerError(`${method} ${url.pathname}: ${error.message}`, { cause: error });
  };
