import type { WebSocket } from 'ws';
import type { PublicDown } from '../../protocol/socket/down.ts';
import { PublicUp } from '../../protocol/socket/up.ts';
import { findTurn } from '../queries/turn-state.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readBranchBySlug } from '../store/service-rows.ts';
import type { BranchViews } from './branch-views.ts';
import { guardFrames } from './frame-guard.ts';
import type { PublicViews } from './public-views.ts';
import type { Rooms } from '../video/rooms.ts';
import { findGuest } from '../video/guest-links.ts';
import { takeGuestSeat, type GuestSeat } from './guest-seat.ts';
import { errorFrame, type Asker } from './socket-error.ts';

const LARGEST_BACKLOG = 1024 * 1024;
/** A socket that watches nothing by then holds a place that others need (trust T31). */
const WATCHES_WITHIN_MS = 10_000;
const POLICY_VIOLATION = 1008;

/** The first frame of a page. */
type Watching = Exclude<PublicUp, { type: 'ping' | 'signal' | 'mediaFlows' | 'readiness' }>;

interface Options {
  context: ServerContext;
  socket: WebSocket;
  asker: Asker;
  views: PublicViews;
  rooms: Rooms;
  /** What the guest's cookie says; null without one. */
  browser: string | null;
  /** What is still under way when the page has left. */
  leaving: (left: Promise<void>) => void;
}

/** A customer's page: watches one display, one turn or one video attention, and sees nothing else (trust T2, T21). */
export function openPublicSocket({ context, socket, asker, views, rooms, browser, leaving }: Options): void {
  const { db } = context.store;
  let hasAsked = false;
  let stop: (() => void) | null = null;
  let seat: GuestSeat | null = null;
  const deadline = setTimeout(() => socket.close(POLICY_VIOLATION, 'nothing watched'), WATCHES_WITHIN_MS);

  const send = (frame: PublicDown): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame));
    // A page that does not read is let go before it fills our memory; it comes back and gets the state whole.
    if (socket.bufferedAmount > LARGEST_BACKLOG) socket.terminate();
  };

  const watch = <State>(
    { watch: begin }: BranchViews<State>,
    [branchId, item]: [branchId: string, item: string],
    frameOf: (state: State) => PublicDown,
  ): void => {
    if (socket.readyState !== socket.OPEN) return;
    clearTimeout(deadline);
    stop = begin(branchId, item, {
      show: (state) => send(state === null ? errorFrame('NOT_FOUND', asker) : frameOf(state)),
      fail: (requestId) => send(errorFrame('UNAVAILABLE', { ...asker, requestId })),
    });
  };

  const sit = async (token: string, after: number): Promise<void> => {
    const guest = browser === null ? null : await findGuest(context, token, browser);
    if (socket.readyState !== socket.OPEN) return;
    if (!guest) return send(errorFrame('LINK_INVALID', asker));
    clearTimeout(deadline);
    const close = (code: number, reason: string): void => socket.close(code, reason);
    seat = takeGuestSeat(guest, { context, views: views.guests, rooms, asker, after, send, close, leaving });
  };

  const begin = async (frame: Watching): Promise<void> => {
    if (frame.type === 'watchVideo') return sit(frame.token, frame.after ?? 0);
    if (frame.type === 'watchDisplay') {
      const branch = await readBranchBySlug(db, frame.branch);
      if (!branch) return send(errorFrame('NOT_FOUND', asker));
      return watch(views.displays, [branch.id, branch.id], (state) => ({ type: 'display', state }));
    }
    const turn = await findTurn(context, frame.token);
    if (!turn) return send(errorFrame('NOT_FOUND', asker));
    return watch(views.turns, [turn.branchId, turn.ticketId], (state) => ({ type: 'turn', state }));
  };

  const take = (frame: PublicUp): void => {
    if (frame.type === 'ping') return send({ type: 'pong', serverTime: context.clock() });
    if (frame.type === 'signal') return seat?.say(frame.signal, frame.attentionId);
    if (frame.type === 'mediaFlows') return seat?.mediaFlow(frame.offerId);
    if (frame.type === 'readiness') return seat?.report(frame.report);
    if (hasAsked) return;
    hasAsked = true;
    begin(frame).catch((error: unknown) => {
      if (socket.readyState !== socket.OPEN) return;
      context.log.error({ error, requestId: asker.requestId }, 'a public page could not be served');
      send(errorFrame('UNAVAILABLE', asker));
    });
  };
  const left = (): void => {
    clearTimeout(deadline);
    stop?.();
    seat?.leave();
  };
  guardFrames(socket, PublicUp, asker, { take, left });
}
