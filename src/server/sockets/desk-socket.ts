import { v7 as uuidv7 } from 'uuid';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { Change } from '../../protocol/change.ts';
import { CLOSE_UNAUTHENTICATED, type DeskDown, type Image } from '../../protocol/socket/down.ts';
import { DeskUp, PROTOCOL_VERSION, type Authenticate } from '../../protocol/socket/up.ts';
import type { ServerContext } from '../start/server-context.ts';
import { guardFrames } from './frame-guard.ts';
import { sendMissed } from './send-missed.ts';
import { setConnected } from './set-connected.ts';
import type { Asker } from './socket-error.ts';

const FIRST_FRAME_MS = 10_000;
/** A desk that does not read is let go before it fills our memory; it comes back with its cursor. */
const LARGEST_BACKLOG = 16 * 1024 * 1024;
/** The desk has something to fetch first. */
const OFFERED = 1000;
const INTERNAL = 1011;
const TRY_LATER = 1013;

const AS_TEXT = { binary: false };
const madeTexts = new WeakMap<Change[], Buffer>();

export interface DeskSession {
  sessionId: string;
  agentId: string;
  companyId: string;
  branchId: string;
}

export interface OpenDesk {
  connectionId: string;
  deviceId: string;
  session: DeskSession;
  socket: WebSocket;
  /** Whether it is marked as the one that speaks for its agent. */
  isHere: boolean;
}

interface Options {
  context: ServerContext;
  socket: WebSocket;
  asker: Asker;
  deviceId: string;
  /** Uses up a one-use ticket of a session on this device with a seat; null when it is not good. */
  redeem: (ticket: string, deviceId: string) => Promise<DeskSession | null>;
  onOpen: (desk: OpenDesk) => void;
}

/**
 * One desk's socket: the first frame says who and from where on, then changes go down as they are committed. Resolves when
 * it is closed, the desk is marked as gone and nothing of it is under way any more.
 */
export async function openDeskSocket(options: Options): Promise<void> {
  const { context, socket, asker, deviceId, redeem, onOpen } = options;
  const stops: (() => void)[] = [];
  const connectionId = uuidv7();
  /** Resolves with the session once its desk is marked as here; null when that did not happen. */
  let authenticating = null as Promise<DeskSession | null> | null;

  const isOpen = (): boolean => socket.readyState === socket.OPEN;

  const send = (frame: DeskDown): void => sendText(Buffer.from(JSON.stringify(frame)));

  const sendText = (text: Buffer): void => {
    if (!isOpen()) return;
    socket.send(text, AS_TEXT);
    if (socket.bufferedAmount > LARGEST_BACKLOG) socket.close(TRY_LATER, 'slow reader');
  };

  /** Resolves once the frame has left, so that a long history goes at the pace of its reader. */
  const sendAll = (frame: DeskDown): Promise<void> =>
    isOpen()
      ? new Promise((resolve) => {
          socket.send(JSON.stringify(frame), () => resolve());
        })
      : Promise.resolve();

  let deadline: NodeJS.Timeout | undefined = setTimeout(() => {
    socket.close(CLOSE_UNAUTHENTICATED, 'no first frame');
  }, FIRST_FRAME_MS);

  const fail = (): void => socket.close(TRY_LATER, 'begin again');

  // In a scope of its own: what follows for as long as the desk is there must not keep its first frame.
  const subscribe = (stream: string, seq: number): void => {
    const take = (changes: Change[]): void => sendText(changesText(stream, changes));
    stops.push(context.hub.subscribe({ stream, take, fail }, seq));
  };

  const follow = async (stream: string, frame: z.infer<typeof Authenticate>): Promise<void> => {
    const seq = await sendMissed(context, stream, frame.cursors[stream], sendAll, (wanted) =>
      offerImage(context, wanted, frame.branchSchema),
    );
    if (seq === null) socket.close(OFFERED, 'image');
    if (seq === null || !isOpen()) return;
    subscribe(stream, seq);
  };

  const authenticate = async (frame: z.infer<typeof Authenticate>): Promise<DeskSession | null> => {
    clearTimeout(deadline);
    deadline = undefined;
    const session = await redeem(frame.ticket, deviceId);
    if (!session || frame.protocol < PROTOCOL_VERSION) {
      socket.close(CLOSE_UNAUTHENTICATED, session ? 'clientTooOld' : 'expired');
      return null;
    }
    if (!isOpen()) return null;
    const { agentId, branchId, companyId } = session;
    const streams = [`company:${companyId}`, `branch:${branchId}`, `agent:${agentId}`];
    const desk: OpenDesk = { connectionId, deviceId, session, socket, isHere: false };
    onOpen(desk);
    send({
      type: 'welcome',
      serverTime: context.clock(),
      agentId: agentId as Extract<DeskDown, { type: 'welcome' }>['agentId'],
      branchId: branchId as Extract<DeskDown, { type: 'welcome' }>['branchId'],
      streams,
    });
    for (const stream of streams) if (isOpen()) await follow(stream, frame);
    if (!isOpen()) return null;
    send({ type: 'caughtUp', serverTime: context.clock() });
    await setConnected(context, { agentId, branchId, connectionId }, true);
    desk.isHere = true;
    return session;
  };

  guardFrames(socket, DeskUp, asker, (frame) => {
    if (frame.type === 'ping') {
      send({ type: 'pong', serverTime: context.clock() });
      return;
    }
    authenticating ??= authenticate(frame).catch((error: unknown) => {
      context.log.error({ error, requestId: asker.requestId }, 'desk socket failed');
      socket.close(INTERNAL);
      return null;
    });
  });

  await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  clearTimeout(deadline);
  for (const stop of stops) stop();
  // Gone is marked after here, never before.
  const session = await authenticating;
  if (session) await setConnected(context, { ...session, connectionId }, false);
}

/** Made once for all desks that are handed the same changes. */
function changesText(stream: string, changes: Change[]): Buffer {
  const made = madeTexts.get(changes);
  if (made) return made;
  const frame: DeskDown = { type: 'changes', stream, changes };
  const text = Buffer.from(JSON.stringify(frame));
  madeTexts.set(changes, text);
  return text;
}

async function offerImage(
  { images }: ServerContext,
  stream: string,
  branchSchema: number | undefined,
): Promise<Omit<Image, 'type'> | null> {
  if (!images || !stream.startsWith('branch:')) return null;
  const image = await images.offer(stream.slice('branch:'.length), branchSchema);
  if (!image) return null;
  const { seq, schemaVersion, bytes, sha256, fileBytes } = image;
  return { stream, seq, schemaVersion, bytes, sha256, fileBytes };
}
