import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to the server that can really fail. */
export interface Wire {
  url: string;
  /** Open connections are reset and new ones refused. */
  cut: () => void;
  /** Connections stay open and nothing passes, as when a cable is pulled. */
  stall: () => void;
  /** Ends `cut` and `stall`. */
  mend: () => void;
  close: () => Promise<void>;
}

/** @param target address of the server */
export async function layWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' | 'stalled' = 'whole';

  const join = (from: Socket, to: Socket): void => {
    open.add(from);
    from.on('data', (data) => to.write(data));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
    if (state === 'stalled') from.pause();
  };
  const server = createServer((near) => {
    if (state === 'cut') {
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    join(near, far);
    join(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reset = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      state = 'cut';
      reset();
    },
    stall: () => {
      state = 'stalled';
      for (const socket of open) socket.pause();
    },
    mend: () => {
      state = 'whole';
      for (const socket of open) socket.resume();
    },
    close: async () => {
      state = 'cut';
      reset();
      server.close();
      await once(server, 'close');
    },
  };
}
