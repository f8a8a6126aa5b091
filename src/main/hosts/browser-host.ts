import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { DownFrame, Wire } from '../../bridge/frame.ts';
import type { BrowserFiles } from './browser-files.ts';
import { browserPage, refuse } from './browser-page.ts';

const Hello = z.strictObject({ t: z.literal('hello'), key: z.string().max(100) });

/** Close codes of the bridge socket: the key is not this process's; another window took over. */
export const CLOSE_REFUSED = 4401;
export const CLOSE_REPLACED = 4409;
const POLICY_VIOLATION = 1008;

const MAX_PAYLOAD = 256 * 1024;
const FIRST_FRAME_MS = 10_000;
const MOST_BAD_FRAMES = 10;
/** A window that does not read is let go before it fills our memory; it comes back and is told everything anew. */
const LARGEST_BACKLOG = 32 * 1024 * 1024;

export interface BrowserHost {
  /** Opens the workstation in a browser of this machine. Its fragment is the key, valid while the process lives. */
  url: string;
  stop: () => Promise<void>;
}

interface HostOptions {
  /** 0: a free one. */
  port: number;
  /** Folder of the built renderer, absolute. */
  pageFolder: string;
  /** Takes the addresses of files. */
  files: Pick<BrowserFiles, 'serve'>;
  attach: (wire: Wire<DownFrame, unknown>) => () => void;
}

/**
 * Serves one desk to one browser window on this machine: the page, and the bridge over a socket whose first frame shows the
 * key. Host and Origin must be exactly our own, so that no page of elsewhere reaches it, not even under another name.
 */
export async function startBrowserHost({ port, pageFolder, files, attach }: HostOptions): Promise<BrowserHost> {
  const key = randomBytes(32).toString('base64url');
  const page = browserPage(pageFolder);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  let live: { socket: WebSocket; detach: () => void } | null = null;

  const server = createServer((request, response) => {
    if (!isOwnHost(request)) return refuse(response, 421);
    if (files.serve(request, response)) return;
    page(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, stream) => stream.destroy());

  const own = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const isOwnHost = (request: IncomingMessage): boolean => request.headers.host === own();

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const isOwnPage = isOwnHost(request) && request.headers.origin === `http://${own()}`;
    if (request.url !== '/desk' || !isOwnPage) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, greet);
  });

  const greet = (socket: WebSocket): void => {
    socket.on('error', () => socket.terminate());
    const late = setTimeout(() => socket.close(CLOSE_REFUSED), FIRST_FRAME_MS);
    socket.once('close', () => clearTimeout(late));
    socket.once('message', (data, isBinary) => {
      clearTimeout(late);
      const hello = isBinary ? null : Hello.safeParse(parsed(data));
      if (!hello?.success || !isSame(hello.data.key, key)) socket.close(CLOSE_REFUSED);
      else serve(socket);
    });
  };

  /** The window that came last is the live one; the one before is told and let go. */
  const serve = (socket: WebSocket): void => {
    if (live) {
      live.detach();
      say(live.socket, { t: 'replaced' });
      live.socket.close(CLOSE_REPLACED);
    }
    const here = { socket, detach: attach(wireOf(socket)) };
    live = here;
    socket.once('close', () => {
      here.detach();
      if (live === here) live = null;
    });
  };

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${own()}/#key=${key}`,
    stop: async () => {
      live?.detach();
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function wireOf(socket: WebSocket): Wire<DownFrame, unknown> {
  return {
    post: (frame) => say(socket, frame),
    listen: (take) => {
      let bad = 0;
      const onMessage = (data: unknown, isBinary: boolean): void => {
        const frame = isBinary ? undefined : parsed(data);
        if (frame === undefined) {
          bad += 1;
          if (bad >= MOST_BAD_FRAMES) socket.close(POLICY_VIOLATION);
        } else take(frame);
      };
      socket.on('message', onMessage);
      return () => socket.off('message', onMessage);
    },
  };
}

function say(socket: WebSocket, frame: DownFrame): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > LARGEST_BACKLOG) socket.terminate();
  else socket.send(JSON.stringify(frame));
}

/** Undefined for what is no JSON. */
function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data)) as unknown;
  } catch {
    return undefined;
  }
}

function isSame(shown: string, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(key));
}
