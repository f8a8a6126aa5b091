import { once } from 'node:events';
import { WebSocket } from 'ws';
import { DeskDown } from '../../../src/protocol/socket/down.ts';
import type { AgentClient } from './agent-client.ts';

/** A desk's socket without a desk: it hears what a desk would hear, and answers nothing. */
export interface AgentSocket {
  socket: WebSocket;
  /** The first frame of which `holds` is true, heard already or still to come. */
  until: (holds: (frame: DeskDown) => boolean) => Promise<DeskDown>;
}

/** Opens it from these cursors on; it is let in, and the first frames are under way. */
export async function openAgentSocket(
  agent: Pick<AgentClient, 'deviceKey' | 'socketTicket'>,
  server: string,
  cursors: Record<string, number> = {},
): Promise<AgentSocket> {
  const headers = { authorization: `Device ${agent.deviceKey}` };
  const socket = new WebSocket(`${server.replace('http', 'ws')}/v1/desk/socket`, { headers });
  const frames: DeskDown[] = [];
  const watchers = new Set<(frame: DeskDown) => void>();
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const frame = DeskDown.parse(JSON.parse(data.toString()));
    frames.push(frame);
    for (const watcher of watchers) watcher(frame);
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'authenticate', protocol: 1, ticket: await agent.socketTicket(server), cursors }));
  return {
    socket,
    until: (holds) => {
      const found = frames.find(holds);
      if (found) return Promise.resolve(found);
      return new Promise((resolve) => {
        const look = (frame: DeskDown): void => {
          if (!holds(frame)) return;
          watchers.delete(look);
          resolve(frame);
        };
        watchers.add(look);
      });
    },
  };
}
