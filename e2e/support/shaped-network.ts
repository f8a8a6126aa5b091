import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a network does to packets in each direction: the share that it loses, how late they come, how many it carries. */
export interface Shape {
  loss: number;
  milliseconds: number;
  /** A second. */
  kilobits: number;
}

/** What comes through of UDP, of plain TCP and of TLS on TCP. */
export interface Network {
  udp: Shape | null;
  tcp: boolean;
  tls: boolean;
}

export const nothing: Network = { udp: null, tcp: false, tls: false };
/** Without any trouble. */
export const whole: Shape = { loss: 0, milliseconds: 0, kilobits: 100_000 };

/** Behind the first packet that waits there may be so much, as in a router; what comes then is lost. */
const LONGEST_QUEUE_MS = 600;
/** By itself a packet is lost or not by this. */
const SEED = 20;

/** The network between browsers and a relay: of their packets it forwards those that come through. */
export interface ShapedNetwork {
  /** One address for UDP and TCP. */
  port: number;
  tlsPort: number;
  /** From now on; connections that may not be any more are cut. */
  become: (network: Network) => void;
  close: () => Promise<void>;
}

/** @param near where browsers find it @param relay where it forwards to: UDP and TCP on one port, TLS on another */
export async function layNetwork(
  near: string,
  relay: { address: string; port: number; tlsPort: number },
): Promise<ShapedNetwork> {
  let network = nothing;
  const random = createRandom(SEED);

  /** One direction of one browser's socket. */
  const lane = (deliver: (packet: Buffer) => void): ((packet: Buffer) => void) => {
    const queue: { packet: Buffer; dueAt: number }[] = [];
    let freeAt = 0;
    const next = (): void => {
      for (let first = queue[0]; first && first.dueAt <= performance.now(); first = queue[0]) {
        queue.shift();
        deliver(first.packet);
      }
      if (queue[0]) setTimeout(next, Math.max(0, queue[0].dueAt - performance.now()));
    };
    return (packet) => {
      const shape = network.udp;
      const now = performance.now();
      const startAt = Math.max(now, freeAt);
      if (shape === null || startAt - now > LONGEST_QUEUE_MS || random() < shape.loss) return;
      // Bits through kilobits a second are milliseconds.
      freeAt = startAt + (packet.length * 8) / shape.kilobits;
      queue.push({ packet, dueAt: freeAt + shape.milliseconds });
      if (queue.length === 1) next();
    };
  };

  const udp = createSocket('udp4');
  const upstreams = new Map<string, { socket: UdpSocket; send: (packet: Buffer) => void }>();
  udp.on('message', (packet, { address, port }) => {
    const key = `${address}:${port}`;
    const known = upstreams.get(key);
    if (known) return known.send(packet);
    const socket = createSocket('udp4');
    socket.on(
      'message',
      lane((answer) => udp.send(answer, port, address)),
    );
    socket.on('error', () => undefined);
    const opened = { socket, send: lane((each) => socket.send(each, relay.port, relay.address)) };
    upstreams.set(key, opened);
    opened.send(packet);
  });

  const open = new Map<Socket, 'tcp' | 'tls'>();
  const forward = (kind: 'tcp' | 'tls', port: number): Server =>
    createServer((from) => {
      if (!network[kind]) return from.destroy();
      const to = connect(port, relay.address);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        open.set(one, kind);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          open.delete(one);
          other.destroy();
        });
      }
      return undefined;
    });
  const [tcp, tls] = [forward('tcp', relay.port), forward('tls', relay.tlsPort)];
  const listen = async (server: Server): Promise<number> => {
    server.listen(0, near);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(tcp);
  udp.bind(port, near);
  await once(udp, 'listening');
  const tlsPort = await listen(tls);

  return {
    port,
    tlsPort,
    become: (next) => {
      network = next;
      for (const [socket, kind] of open) if (!network[kind]) socket.destroy();
    },
    close: async () => {
      for (const { socket } of upstreams.values()) socket.close();
      udp.close();
      for (const socket of open.keys()) socket.destroy();
      for (const server of [tcp, tls]) {
        server.close();
        await once(server, 'close');
      }
    },
  };
}

/** Mulberry32 (public domain, Tommy Ettinger): from 0 to below 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
