/**
 * Light sockets that listen to a branch, as desks without a cache: each authenticates itself, then counts the tickets that it is
 * told. Its parent says by message which sockets to open, and hears how many tickets the slowest of them has been told.
 */
import { once } from 'node:events';
import WebSocket from 'ws';

export interface Listening {
  /** `ws://…` */
  url: string;
  sockets: { authorization: string; ticket: string }[];
  /** Of the streams; without one the whole state would be sent first. */
  cursors: Record<string, number>;
}

export type ListenersSay = { type: 'open' } | { type: 'told'; tickets: number };

const TICKET = Buffer.from('"type":"ticket.put"');
const say = (said: ListenersSay): void => void process.send?.(said);

const [{ url, sockets, cursors }] = (await once(process, 'message')) as [Listening];
/** How many sockets have been told so many tickets, by the number of tickets. */
const reached: number[] = [];

const listen = async ({ authorization, ticket }: Listening['sockets'][number]): Promise<void> => {
  const socket = new WebSocket(url, { headers: { authorization } });
  const caughtUp = Promise.withResolvers<void>();
  let told = 0;
  socket.on('message', (data: Buffer) => {
    if (data.includes('"type":"caughtUp"')) caughtUp.resolve();
    for (let at = data.indexOf(TICKET); at >= 0; at = data.indexOf(TICKET, at + TICKET.length)) {
      told += 1;
      reached[told] = (reached[told] ?? 0) + 1;
      if (reached[told] === sockets.length) say({ type: 'told', tickets: told });
    }
  });
  socket.on('close', () => process.exit(1));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket, cursors }));
  await caughtUp.promise;
};
for (const socket of sockets) await listen(socket);
say({ type: 'open' });
