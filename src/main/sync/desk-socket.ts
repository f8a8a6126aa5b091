import WebSocket from 'ws';
import { CLOSE_REPLACED, CLOSE_UNAUTHENTICATED, DeskDown } from '../../protocol/socket/down.ts';
import { PROTOCOL_VERSION, type DeskUp } from '../../protocol/socket/up.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { ApplyOutcome } from '../cache/apply-frame.ts';
import type { LineTimings } from './line-timings.ts';
import type { DeviceKey } from './keys.ts';

/** How a connection ended; `reason` is the server's own word, empty when it gave none. */
export interface SocketEnd {
  how: 'dropped' | 'gap' | 'unauthenticated' | 'replaced';
  reason: string;
}

type Frame<Type extends DeskDown['type']> = Extract<DeskDown, { type: Type }>;
/** What a desk says of the room of a video. */
export type RoomUp = Exclude<DeskUp, { type: 'authenticate' | 'ping' }>;
export type RoomDown = Frame<'room' | 'ice' | 'signal'>;

export interface SocketEvents {
  welcome: (frame: Frame<'welcome'>) => void;
  offered: (frame: Frame<'image'>) => void;
  caughtUp: (frame: Frame<'caughtUp'>) => void;
  pong: (frame: Frame<'pong'>) => void;
  /** The open offers of live videos. */
  transfers: (frame: Frame<'transfers'>) => void;
  /** About the room of a video. */
  room: (frame: RoomDown) => void;
  refused: (frame: Frame<'error'>) => void;
  applied: (outcome: ApplyOutcome) => void;
}

const MAX_PAYLOAD = 32 * 1024 * 1024;
/** Frames handed to the store and not yet applied, above which the socket is not read. */
const MOST_IN_HAND = 16;

/**
 * One connection to the server, from its handshake to its end. The frames of the streams go to the store as they came, in
 * order; everything else is told to `events`. Never throws.
 */
export function openDeskSocket(
  {
    url,
    device,
    ticket,
    store,
    branchSchema,
    timings,
  }: {
    url: URL;
    device: DeviceKey;
    ticket: string;
    store: StoreClient;
    /** Undefined for rows. */
    branchSchema: number | undefined;
    timings: LineTimings;
  },
  events: SocketEvents,
): { ended: Promise<SocketEnd>; say: (frame: RoomUp) => void; close: () => void } {
  const socket = new WebSocket(url, {
    headers: { authorization: `Device ${device.id}.${device.secret}` },
    handshakeTimeout: timings.handshake,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
  });
  let inHand = 0;
  let hasGap = false;
  let hasFailed = false;
  let caughtUp: Promise<void> = Promise.resolve();

  const say = (frame: DeskUp): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const silence = setTimeout(() => socket.terminate(), timings.silence);
  const ping = setInterval(() => {
    say({ type: 'ping' });
  }, timings.ping);

  const apply = async (text: string): Promise<void> => {
    inHand += 1;
    if (inHand >= MOST_IN_HAND) socket.pause();
    try {
      const outcome = await store.ask('stream.apply', text);
      if (outcome.status === 'gap') {
        hasGap = true;
        hasFailed = true;
        socket.terminate();
      } else events.applied(outcome);
    } catch {
      // The store could not take it (disk full, a frame that is none): resume from the cursor, later.
      hasFailed = true;
      socket.terminate();
    } finally {
      inHand -= 1;
      if (inHand < MOST_IN_HAND) socket.resume();
    }
  };

  const take = (text: string): void => {
    const parsed = parseFrame(text);
    if (parsed === 'stream') {
      caughtUp = apply(text);
      return;
    }
    switch (parsed?.type) {
      case 'welcome':
        return events.welcome(parsed);
      case 'image':
        return events.offered(parsed);
      case 'caughtUp':
        // Only once all that came before it is in the cache.
        void caughtUp.then(() => {
          if (!hasFailed) events.caughtUp(parsed);
        });
        return;
      case 'pong':
        return events.pong(parsed);
      case 'room':
      case 'ice':
      case 'signal':
        return events.room(parsed);
      case 'transfers':
        // Behind what was missed, which tells of some that are over.
        void caughtUp.then(() => events.transfers(parsed));
        return;
      case 'error':
        return events.refused(parsed);
      default:
        return;
    }
  };

  socket.on('open', () => {
    Promise.all([store.ask('stream.restart'), store.ask('stream.cursors')]).then(
      ([, cursors]) => say({ type: 'authenticate', protocol: PROTOCOL_VERSION, ticket, cursors, branchSchema }),
      () => socket.terminate(),
    );
  });
  socket.on('message', (data, isBinary) => {
    silence.refresh();
    if (!isBinary) take((data as Buffer).toString('utf8'));
  });
  socket.on('error', () => undefined); // A close follows.

  const ended = new Promise<SocketEnd>((resolve) => {
    socket.on('close', (code, reason) => {
      clearTimeout(silence);
      clearInterval(ping);
      resolve({ how: howItEnded(code, hasGap), reason: reason.toString('utf8') });
    });
  });
  return { ended, say, close: () => socket.terminate() };
}

function howItEnded(code: number, hasGap: boolean): SocketEnd['how'] {
  if (code === CLOSE_UNAUTHENTICATED) return 'unauthenticated';
  if (code === CLOSE_REPLACED) return 'replaced';
  return hasGap ? 'gap' : 'dropped';
}

/** How the server begins the frames of a stream: one with a thousand rows is read by the store alone, not here too. */
const STREAM_HEAD = /^\{"type":"(?:changes|snapshot)",/;

/** `stream` for what the store reads by itself; null for what this version does not know. */
function parseFrame(text: string): 'stream' | Exclude<DeskDown, { type: 'changes' | 'snapshot' }> | null {
  if (STREAM_HEAD.test(text)) return 'stream';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : null;
  if (type === 'changes' || type === 'snapshot') return 'stream';
  const parsed = DeskDown.safeParse(json);
  return parsed.success && parsed.data.type !== 'changes' && parsed.data.type !== 'snapshot' ? parsed.data : null;
}
