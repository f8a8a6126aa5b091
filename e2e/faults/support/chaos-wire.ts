import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `up`: towards the target. */
export type Direction = 'up' | 'down';

/** What happens to the bytes of one connection, once it has struck, until `mend`; each strikes a single time. */
export type Fault =
  /** The connection is reset after so many bytes of this direction. */
  | { type: 'cut'; direction: Direction; afterBytes: number }
  /** The same, but it ends in order, as if nothing were missing. */
  | { type: 'truncate'; direction: Direction; afterBytes: number }
  /** From there on this direction passes nothing; the other goes on. */
  | { type: 'halfOpen'; direction: Direction; afterBytes: number }
  /** From there on nothing passes in any direction, and connections stay open. */
  | { type: 'blackhole'; direction: Direction; afterBytes: number }
  /** What begins with `before` is held back, and all behind it, on the connection whose other direction has said `after`. */
  | { type: 'hold'; direction: Direction; before: Buffer; after: string };

export interface ChaosWire {
  url: string;
  /** Arms a fault for the next connection that has so much to say; resolves when it has struck. */
  strike: (fault: Fault) => Promise<void>;
  /** Every chunk, and the end behind it, is passed on so much later, in order. */
  delay: (milliseconds: number) => void;
  /** Whoever is connected is reset on the near side alone: the target goes on believing in its connection. */
  abandon: () => void;
  /** Open connections are reset and new ones refused. */
  cut: () => void;
  /** Ends everything that was done to it; what was held back by a fault is lost with its connection, which is reset. */
  mend: () => void;
  close: () => Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
  /** Directions that pass nothing more. */
  silent: Set<Direction>;
  /** Has said what a hold waits for. */
  isMarked: boolean;
}

interface Armed {
  fault: Fault;
  passed: number;
  struck: () => void;
}

/** A TCP wire to `target` on which chosen things go wrong at chosen bytes. */
export async function layChaosWire(target: string): Promise<ChaosWire> {
  const to = new URL(target);
  const pairs = new Set<Pair>();
  const abandoned = new Set<Socket>();
  let isCut = false;
  let isBlack = false;
  let lateBy = 0;
  let armed: Armed | null = null;

  const reset = (pair: Pair): void => {
    pairs.delete(pair);
    pair.near.resetAndDestroy();
    pair.far.resetAndDestroy();
  };

  const later = (act: () => void): void => {
    if (lateBy === 0) act();
    else setTimeout(act, lateBy);
  };

  const pass = (socket: Socket, data: Buffer): void => later(() => socket.write(data));

  /** What of a chunk still passes when the armed fault strikes within it; null when it does not. */
  const strikeWithin = (pair: Pair, direction: Direction, data: Buffer): { fault: Fault; passes: Buffer } | null => {
    if (!armed) return null;
    const { fault, struck } = armed;
    if (fault.direction !== direction) {
      if (fault.type === 'hold' && data.includes(fault.after)) pair.isMarked = true;
      return null;
    }
    let at: number;
    if (fault.type === 'hold') at = pair.isMarked ? data.indexOf(fault.before) : -1;
    else {
      at = fault.afterBytes - armed.passed;
      armed.passed += data.length;
      if (at > data.length) at = -1;
    }
    if (at === -1) return null;
    armed = null;
    // After what it does, which is done at once.
    queueMicrotask(struck);
    return { fault, passes: data.subarray(0, at) };
  };

  const carry = (pair: Pair, direction: Direction): void => {
    const [from, into] = direction === 'up' ? [pair.near, pair.far] : [pair.far, pair.near];
    from.on('data', (data: Buffer) => {
      if (isBlack || pair.silent.has(direction)) return;
      const hit = strikeWithin(pair, direction, data);
      if (!hit) {
        pass(into, data);
        return;
      }
      into.write(hit.passes, () => {
        if (hit.fault.type === 'cut') reset(pair);
        if (hit.fault.type === 'truncate') {
          pairs.delete(pair);
          from.destroy();
          into.end();
        }
      });
      pair.silent.add(direction);
      if (hit.fault.type === 'blackhole') isBlack = true;
    });
    from.on('end', () => {
      if (!abandoned.has(into)) later(() => into.end());
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (abandoned.has(from) || abandoned.has(into)) return;
      pairs.delete(pair);
      later(() => into.destroy());
    });
  };

  const server = createServer((near) => {
    if (isCut) {
      near.on('error', () => undefined);
      near.resetAndDestroy();
      return;
    }
    const pair: Pair = { near, far: connect(Number(to.port), to.hostname), silent: new Set(), isMarked: false };
    pairs.add(pair);
    near.setNoDelay(true);
    pair.far.setNoDelay(true);
    carry(pair, 'up');
    carry(pair, 'down');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(target);
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: own.pathname === '/' ? own.origin : own.href,
    strike: (fault) =>
      new Promise((struck) => {
        armed = { fault, passed: 0, struck };
      }),
    delay: (milliseconds) => {
      lateBy = milliseconds;
    },
    abandon: () => {
      for (const pair of pairs) {
        pairs.delete(pair);
        abandoned.add(pair.near).add(pair.far);
        pair.far.on('close', () => abandoned.delete(pair.far));
        pair.near.resetAndDestroy();
      }
    },
    cut: () => {
      isCut = true;
      for (const pair of pairs) reset(pair);
    },
    mend: () => {
      for (const pair of pairs) if (isBlack || pair.silent.size > 0) reset(pair);
      isCut = false;
      isBlack = false;
      lateBy = 0;
      armed = null;
    },
    close: async () => {
      isCut = true;
      for (const pair of pairs) reset(pair);
      for (const socket of abandoned) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
