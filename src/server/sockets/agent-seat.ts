import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { DeskDown } from '../../protocol/socket/down.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import type { GuestView } from '../queries/guest-states.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readTicket, type TicketRow } from '../store/ticket-rows.ts';
import { createSignalGuard } from '../video/create-signal-guard.ts';
import { keepIce } from '../video/keep-ice.ts';
import type { Place, Rooms } from '../video/rooms.ts';
import type { BranchViews } from './branch-views.ts';

interface Options {
  context: ServerContext;
  rooms: Rooms;
  guests: BranchViews<GuestView>;
  send: (frame: DeskDown) => void;
  refuse: (code: ErrorCode) => void;
}

export interface AgentSeat {
  readonly ticketId: TicketId;
  say: (signal: Signal) => void;
  leave: () => void;
}

/**
 * The side of a room for the desk whose agent holds this video ticket, as long as they do; null for anybody else (trust T12). A
 * desk that is none any more hears nothing, and what it says goes nowhere.
 */
export async function takeAgentSeat(
  { companyId, agentId }: { companyId: string; agentId: string },
  ticketId: TicketId,
  { context, rooms, guests, send, refuse }: Options,
): Promise<AgentSeat | null> {
  const row = await readTicket(context.store.db, companyId, ticketId);
  const holder = row?.header.holder;
  if (!row || row.header.kind !== 'virtual' || holder?.agentId !== agentId) return null;
  /** Somebody else may hold it by now: nothing is heard or said until that is known. */
  let isDoubted = false;
  const stopIce = keepIce(context, holder.attentionId, (ice) => send({ type: 'ice', ticketId, ice }));
  let place: Place | null = rooms.join(ticketId, 'agent', {
    other: (isOtherHere) => send({ type: 'room', ticketId, isOtherHere }),
    hear: (signal) => {
      if (!isDoubted) send({ type: 'signal', ticketId, signal });
    },
    replaced: () => {
      place = null;
    },
  });
  let isLeft = false;
  const leave = (): void => {
    if (isLeft) return;
    isLeft = true;
    stop();
    stopIce();
    place?.leave();
    place = null;
  };
  const isTheirs = (now: TicketRow | null): boolean => now?.header.holder?.attentionId === holder.attentionId;
  const stop = guests.watch(row.branchId, ticketId, {
    show: (view) => {
      if (view?.state.attentionId === holder.attentionId) {
        isDoubted = false;
        return;
      }
      // A look that began before the call is behind: the ticket itself says who has it. What cannot be asked is asked at the next look.
      isDoubted = true;
      readTicket(context.store.db, companyId, ticketId).then(
        (now) => {
          if (isTheirs(now)) isDoubted = false;
          else leave();
        },
        (error: unknown) => context.log.error({ error }, 'the holder of a video was not read'),
      );
    },
    fail: () => undefined,
  });
  const guard = createSignalGuard(context);
  return {
    ticketId,
    say: (signal) => {
      const heard = guard(signal);
      if (heard === 'invalid') refuse('SIGNAL_INVALID');
      else if (heard !== 'nothing' && !isDoubted) place?.say(heard);
    },
    leave,
  };
}
