import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { DeskDown } from '../../protocol/socket/down.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import type { GuestView } from '../queries/guest-states.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAccepted } from '../store/offer-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { createKeyAlarm, keyChanged } from '../video/create-key-alarm.ts';
import { createSignalGuard } from '../video/create-signal-guard.ts';
import { keepIce } from '../video/keep-ice.ts';
import { agentSide, type Place, type Rooms } from '../video/rooms.ts';
import type { BranchViews } from './branch-views.ts';

interface Options {
  context: ServerContext;
  rooms: Rooms;
  guests: BranchViews<GuestView>;
  send: (frame: DeskDown) => void;
  refuse: (code: ErrorCode) => void;
  /** Asked once it is known whose the ticket is: the desk may have left, or asked anew. */
  isWanted: () => boolean;
}

export interface AgentSeat {
  readonly ticketId: TicketId;
  say: (signal: Signal) => void;
  leave: () => void;
}

interface Agent {
  companyId: string;
  agentId: string;
  /** Where they sit. */
  branchId: string;
}

/**
 * The side of a room for the desk whose agent holds this video ticket, or has accepted it from who does, as long as they do; else
 * why there is none (trust T12, B79); null where none is wanted any more: it would take the place of one that is. A desk that is none
 * any more hears nothing, and what it says goes nowhere.
 */
export async function takeAgentSeat(
  agent: Agent,
  ticketId: TicketId,
  { context, rooms, guests, send, refuse, isWanted }: Options,
): Promise<AgentSeat | 'NOT_FOUND' | 'ROOM_FULL' | null> {
  const side = await sideOf(context, agent, ticketId);
  if (!isWanted()) return null;
  if (typeof side === 'string') return side;
  const { attentionId, branchId } = side;
  /** Somebody else may hold it by now: nothing is heard or said until that is known. */
  let isDoubted = false;
  const stopIce = keepIce(context, attentionId, (ice) => send({ type: 'ice', ticketId, ice }));
  let isGuestHere = false;
  let place: Place | null = rooms.join(ticketId, agentSide(attentionId), {
    other: (isOtherHere) => {
      isGuestHere = isOtherHere;
      send({ type: 'room', ticketId, isOtherHere });
    },
    hear: (signal) => {
      if (!isDoubted) send({ type: 'signal', ticketId, signal });
    },
    replaced: () => {
      place = null;
    },
  });
  // The desk has its side, though nobody is there.
  if (!isGuestHere) send({ type: 'room', ticketId, isOtherHere: false });
  let isLeft = false;
  const leave = (): void => {
    if (isLeft) return;
    isLeft = true;
    stop();
    stopIce();
    place?.leave();
    place = null;
  };
  const stop = guests.watch(branchId, ticketId, {
    show: (view) => {
      if (view?.state.attentionId === attentionId || view?.state.next?.attentionId === attentionId) {
        isDoubted = false;
        return;
      }
      // A look that began before the call is behind: the ticket itself says who has it. What cannot be asked is asked at the next look.
      isDoubted = true;
      sideOf(context, agent, ticketId).then(
        (now) => {
          if (typeof now !== 'string' && now.attentionId === attentionId) isDoubted = false;
          else leave();
        },
        (error: unknown) => context.log.error({ error }, 'the holder of a video was not read'),
      );
    },
    fail: () => undefined,
  });
  const guard = createSignalGuard(context);
  const alarm = createKeyAlarm(context, { companyId: agent.companyId, ticketId });
  return {
    ticketId,
    say: (signal) => {
      const heard = guard(signal);
      if (heard === 'keyChanged') {
        const word = keyChanged(signal.session);
        send({ type: 'signal', ticketId, signal: word });
        if (!isDoubted) place?.say(word, 'guest');
        void alarm('agent', { attentionId, session: signal.session });
      } else if (heard === 'invalid') refuse('SIGNAL_INVALID');
      else if (heard !== 'nothing' && !isDoubted) place?.say(heard, 'guest');
    },
    leave,
  };
}

/** The attention whose side of the room is this agent's now. */
async function sideOf(
  { store: { db } }: ServerContext,
  { companyId, agentId, branchId }: Agent,
  ticketId: TicketId,
): Promise<{ attentionId: string; branchId: string } | 'NOT_FOUND' | 'ROOM_FULL'> {
  const row = await readTicket(db, companyId, ticketId);
  const holder = row?.header.holder;
  if (!row || row.header.kind !== 'virtual' || !holder) return 'NOT_FOUND';
  if (holder.agentId === agentId) return { attentionId: holder.attentionId, branchId: row.branchId };
  const accepted = (await readAccepted(db, [ticketId])).get(ticketId);
  if (accepted?.toId === agentId) return { attentionId: accepted.nextAttentionId, branchId: row.branchId };
  return row.branchId === branchId ? 'ROOM_FULL' : 'NOT_FOUND';
}
