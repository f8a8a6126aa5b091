import type { ClientRequest, IncomingMessage } from 'node:http';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  /** Sent as it is. */
  body?: string | Buffer;
  signal: AbortSignal;
  /** Until the head of the answer. Left out: as long as `signal` lets it. */
  headTimeoutMs?: number;
}

export interface HttpClient {
  /**
   * Resolves with the head of the answer, whatever its status; its body is still to come, and fails when it breaks off. Rejects
   * when no head came.
   */
  send: (url: URL, request: HttpRequest) => Promise<IncomingMessage>;
  /** What is under way fails. */
  close: () => void;
}

const MOST_CONNECTIONS = 4;
const CONNECT_WITHIN_MS = 5_000;
/** Without any byte for so long, under way or at rest, a connection is taken for dead. */
const SILENCE_MS = 30_000;

/**
 * Requests to one server over connections that are kept, by Node's own client: a package of a megabyte would be read at every
 * start. It is not imported, since that reads every export of it, and with WebSocket a second client that nobody uses.
 */
export function createHttpClient(origin: URL): HttpClient {
  const isSecure = origin.protocol === 'https:';
  const { Agent, request: begin } = process.getBuiltinModule(isSecure ? 'node:https' : 'node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: SILENCE_MS });
  const underWay = new Set<ClientRequest>();

  return {
    send: (url, { method, headers, body, signal, headTimeoutMs }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) throw new Error('The request was aborted.', { cause: signal.reason });
        const request = begin(url, { agent, method, headers });
        // One that waits for a connection hears of its end only when there is one: whoever asked does not wait for that.
        const fail = (error: Error): void => {
          reject(error);
          request.destroy(error);
        };
        const failAfter = (milliseconds: number, what: string): NodeJS.Timeout =>
          setTimeout(() => fail(new Error(`No ${what} within ${milliseconds} ms.`)), milliseconds);
        const aborted = (): void => fail(new Error('The request was aborted.', { cause: signal.reason }));
        signal.addEventListener('abort', aborted, { once: true });
        const head = headTimeoutMs === undefined ? undefined : failAfter(headTimeoutMs, 'answer');
        request.once('socket', (socket) => {
          if (!socket.connecting) return;
          const connected = failAfter(CONNECT_WITHIN_MS, 'connection');
          const clear = (): void => clearTimeout(connected);
          socket.once(isSecure ? 'secureConnect' : 'connect', clear).once('close', clear);
        });
        request.once('timeout', () => fail(new Error(`Silent for ${SILENCE_MS} ms.`)));
        request.once('response', (response) => {
          clearTimeout(head);
          resolve(response);
        });
        request.on('error', reject);
        request.once('close', () => {
          clearTimeout(head);
          signal.removeEventListener('abort', aborted);
          underWay.delete(request);
        });
        underWay.add(request);
        request.end(body);
      }),
    close: () => {
      for (const request of underWay) request.destroy(new Error('The client was closed.'));
      agent.destroy();
    },
  };
}
