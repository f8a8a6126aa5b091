import type { WebSocket } from 'ws';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { PublicDown } from '../../protocol/socket/down.ts';
import { PublicUp } from '../../protocol/socket/up.ts';
import { displayState } from '../queries/display-state.ts';
import { findTurn, turnState } from '../queries/turn-state.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readStreamBounds } from '../store/stream-rows.ts';
import { readBranchBySlug } from '../store/service-rows.ts';
import { guardFrames } from './frame-guard.ts';
import { watchLive } from './live-view.ts';

const DISPLAY_PAUSE_MS = 100;
const TURN_PAUSE_MS = 1_000;
const REFRESH_MS = 10_000;
const LARGEST_BACKLOG = 1024 * 1024;

const notFound: ErrorBody = { code: 'NOT_FOUND', title: 'NOT_FOUND', retryable: false, requestId: '' };
const unavailable: ErrorBody = { code: 'UNAVAILABLE', title: 'UNAVAILABLE', retryable: true, requestId: '' };

/** A customer's page: watches one display or one turn, and sees nothing else (trust T2, T21). */
export function openPublicSocket(context: ServerContext, socket: WebSocket): void {
  let isWatching = false;
  let stop: (() => void) | null = null;

  const send = (frame: PublicDown): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame));
    // A page that does not read is let go before it fills our memory; it comes back and gets the state whole.
    if (socket.bufferedAmount > LARGEST_BACKLOG) socket.terminate();
  };

  const watch = async (branchId: string, pauseMs: number, read: () => Promise<PublicDown>): Promise<void> => {
    const stream = `branch:${branchId}`;
    const { last } = await readStreamBounds(context.store.db, stream);
    if (socket.readyState !== socket.OPEN) return;
    stop = watchLive({
      hub: context.hub,
      stream,
      seq: last,
      pauseMs,
      refreshMs: REFRESH_MS,
      read,
      show: send,
      fail: (error) => {
        context.log.error({ error }, 'a public page was not refreshed');
        send({ type: 'error', error: unavailable });
      },
    });
  };

  const begin = async (frame: Exclude<PublicUp, { type: 'ping' }>): Promise<void> => {
    if (frame.type === 'watchDisplay') {
      const branch = await readBranchBySlug(context.store.db, frame.branch);
      if (!branch) return send({ type: 'error', error: notFound });
      return watch(branch.id, DISPLAY_PAUSE_MS, async () => ({
        type: 'display',
        state: await displayState(context, branch),
      }));
    }
    const turn = await findTurn(context, frame.token);
    if (!turn) return send({ type: 'error', error: notFound });
    return watch(turn.branchId, TURN_PAUSE_MS, async () => {
      const state = await turnState(context, turn.ticketId);
      return state ? { type: 'turn', state } : { type: 'error', error: notFound };
    });
  };

  guardFrames(socket, PublicUp, (frame) => {
    if (frame.type === 'ping') return send({ type: 'pong', serverTime: context.clock() });
    if (isWatching) return undefined;
    isWatching = true;
    begin(frame).catch((error: unknown) => {
      context.log.error({ error }, 'a public page could not be served');
      send({ type: 'error', error: unavailable });
    });
    return undefined;
  });
  socket.on('close', () => stop?.());
}
