import type { WebSocket } from 'ws';
import { CLOSE_REPLACED, CLOSE_UNAUTHENTICATED } from '../../protocol/socket/down.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readStanding } from '../store/session-ends.ts';
import { setSeen } from '../store/status-rows.ts';

const SEEN_EVERY_MS = 15_000;
/** An ended session's socket is closed within this time, whichever process ended it (trust T13). */
const LOOK_EVERY_MS = 2_000;
const TRY_LATER = 1013;
const GOODBYE_MS = 2_000;

/** A desk that has said who it is. */
export interface OpenDesk {
  readonly connectionId: string;
  readonly deviceId: string;
  readonly sessionId: string;
  readonly socket: WebSocket;
  /** Whether it is marked as the one that speaks for its agent. */
  readonly isHere: boolean;
}

/**
 * The open desks of this process: says that they are alive, closes those whose session has ended and those that were marked
 * as gone though their socket is open: they left a call unanswered (`return-call.ts`), this process stalled until another took
 * them for lost (`lose-desk.ts`), or another socket speaks for their agent. Whoever is there connects anew.
 */
export interface DeskSockets {
  add: (desk: OpenDesk) => void;
  /** Its socket is closed. */
  remove: (desk: OpenDesk) => void;
  count: () => number;
  stop: () => void;
}

export function createDeskSockets(context: ServerContext): DeskSockets {
  const open = new Map<string, OpenDesk>();

  const sayAlive = async (): Promise<void> => {
    const ids = [...open.keys()];
    if (ids.length === 0) return;
    await setSeen(context.store.db, ids, context.clock());
  };

  const closeOver = async (): Promise<void> => {
    const desks = [...open.values()];
    if (desks.length === 0) return;
    const here = new Set(desks.filter((desk) => desk.isHere).map((desk) => desk.connectionId));
    const { speaking, ended } = await readStanding(context.store.db, {
      connectionIds: [...here],
      sessionIds: [...new Set(desks.map((desk) => desk.sessionId))],
      now: context.clock(),
    });
    for (const desk of desks) {
      const cause = ended.get(desk.sessionId);
      const isLost = here.has(desk.connectionId) && !speaking.has(desk.connectionId);
      if (cause !== undefined) desk.socket.close(CLOSE_UNAUTHENTICATED, cause);
      else if (isLost) desk.socket.close(TRY_LATER, 'marked as gone');
    }
  };

  const every = (milliseconds: number, act: () => Promise<void>): NodeJS.Timeout =>
    setInterval(() => {
      act().catch((error: unknown) => context.log.error({ error }, 'desk sockets not looked at'));
    }, milliseconds);
  const timers = [every(SEEN_EVERY_MS, sayAlive), every(LOOK_EVERY_MS, closeOver)];

  return {
    add: (desk) => {
      for (const other of open.values()) {
        if (other.deviceId !== desk.deviceId) continue;
        // Its line may be dead: then it never answers the goodbye, and a desk has one socket.
        open.delete(other.connectionId);
        other.socket.close(CLOSE_REPLACED, 'replaced');
        const late = setTimeout(() => other.socket.terminate(), GOODBYE_MS);
        other.socket.once('close', () => clearTimeout(late));
      }
      open.set(desk.connectionId, desk);
    },
    remove: ({ connectionId }) => void open.delete(connectionId),
    count: () => open.size,
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
