import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** What happens to the next message of a stream on its way down. `reorder`: it comes after the one behind it. */
export type MessageFault = 'duplicate' | 'reorder';

export interface MessageWire {
  url: string;
  /** Arms a fault for the next message that `is` matches; resolves when it has struck. */
  strike: (fault: MessageFault, is: (text: string) => boolean) => Promise<void>;
  close: () => Promise<void>;
}

/** A wire that knows messages: HTTP passes as it is, and messages of a WebSocket may come twice or in the wrong order. */
export async function layMessageWire(target: string): Promise<MessageWire> {
  const sockets = new WebSocketServer({ noServer: true });
  const joined = new Set<WebSocket>();
  let armed: { fault: MessageFault; is: (text: string) => boolean; struck: () => void } | null = null;

  const server = createServer((asked, answer) => {
    const { method = 'GET', url = '/', headers } = asked;
    const onward = request(new URL(url, target), { method, headers, agent: false });
    onward.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('error', () => answer.destroy()).pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.on('error', () => onward.destroy()).pipe(onward);
    answer.on('close', () => onward.destroy());
  });

  const join = (near: WebSocket, asked: IncomingMessage): void => {
    const { authorization = '' } = asked.headers;
    const far = new WebSocket(new URL(asked.url ?? '/', target.replace('http', 'ws')), { headers: { authorization } });
    const early: string[] = [];
    let held: { text: string; struck: () => void } | null = null;
    joined.add(near).add(far);
    const part = (one: WebSocket, other: WebSocket): void => {
      one.on('error', () => undefined);
      one.on('close', (code, reason) => {
        joined.delete(one);
        if (code >= 1000 && code < 5000 && ![1005, 1006].includes(code)) other.close(code, reason);
        else other.terminate();
      });
    };
    part(near, far);
    part(far, near);
    near.on('message', (data: Buffer) => {
      if (far.readyState === WebSocket.OPEN) far.send(data.toString());
      else early.push(data.toString());
    });
    far.on('open', () => {
      for (const text of early) far.send(text);
    });
    far.on('message', (data: Buffer) => {
      const text = data.toString();
      if (armed?.is(text)) {
        const { fault, struck } = armed;
        armed = null;
        if (fault === 'reorder') {
          held = { text, struck };
          return;
        }
        near.send(text);
        near.send(text);
        struck();
        return;
      }
      near.send(text);
      if (!held) return;
      near.send(held.text);
      held.struck();
      held = null;
    });
  };

  server.on('upgrade', (asked, stream, head) => {
    sockets.handleUpgrade(asked, stream, head, (near) => join(near, asked));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    strike: (fault, is) =>
      new Promise((struck) => {
        armed = { fault, is, struck };
      }),
    close: async () => {
      for (const socket of joined) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
