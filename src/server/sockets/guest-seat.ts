import type { AttentionId, OfferId } from '../../protocol/ids.ts';
import type { PublicDown } from '../../protocol/socket/down.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { ReadinessReport } from '../../protocol/video/readiness.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import type { GuestView } from '../queries/guest-states.ts';
import type { ServerContext } from '../start/server-context.ts';
import { completeTransfer } from '../video/complete-transfer.ts';
import { createKeyAlarm, keyChanged } from '../video/create-key-alarm.ts';
import { createSignalGuard, type SignalGuard } from '../video/create-signal-guard.ts';
import { keepIce } from '../video/keep-ice.ts';
import { keepReadiness } from '../video/keep-readiness.ts';
import { agentSide, type Place, type Rooms, type Side } from '../video/rooms.ts';
import type { BranchViews } from './branch-views.ts';
import { watchGuestChat } from './watch-guest-chat.ts';
import { errorFrame, type Asker } from './socket-error.ts';

const REPLACED = 4409;

interface Options {
  context: ServerContext;
  views: BranchViews<GuestView>;
  rooms: Rooms;
  asker: Asker;
  /** `seq` of the last message that the page has. */
  after: number;
  send: (frame: PublicDown) => void;
  close: (code: number, reason: string) => void;
  /** What is still under way when the page has left. */
  leaving: (left: Promise<void>) => void;
}

export interface GuestSeat {
  /** To the agent of this attention; undefined for that of the one in force. */
  say: (signal: Signal, attentionId: AttentionId | undefined) => void;
  /** The media of who accepted this offer are here. */
  mediaFlow: (offerId: OfferId) => void;
  report: (report: ReadinessReport) => void;
  leave: () => void;
}

const attentionOf = (side: Side): AttentionId => side.slice('agent:'.length) as AttentionId;

/**
 * A guest who has entered: sees the state of the attention, and speaks with the agent while one calls or attends, and with the one
 * who takes over. With the link revoked, or the ticket closed, nothing is said any more.
 */
export function takeGuestSeat(
  guest: { id: string; ticketId: string; companyId: string; branchId: string; browserHash: Buffer },
  { context, views, rooms, asker, after, send, close, leaving }: Options,
): GuestSeat {
  const chat = watchGuestChat(context, guest, { after, send });
  /** One of each agent whom the guest speaks to now. */
  let guards = new Map<AttentionId, SignalGuard>();
  let inForce: AttentionId | null = null;
  /** The offer of who takes over. */
  let accepted: OfferId | null = null;
  let isPassing = false;
  const readiness = keepReadiness(context, guest);
  const alarm = createKeyAlarm(context, guest);
  let place: Place | null = null;
  const follow = ({ attentionId, next }: GuestState): void => {
    inForce = attentionId;
    accepted = next?.offerId ?? null;
    const spokenTo = [attentionId, next?.attentionId].filter((id) => id !== null && id !== undefined);
    guards = new Map(spokenTo.map((id) => [id, guards.get(id) ?? createSignalGuard(context)]));
  };
  const leaveRoom = (): void => {
    place?.leave();
    place = null;
    guards.clear();
    accepted = null;
  };
  const enterRoom = (state: GuestState): void => {
    follow(state);
    if (place) return;
    let isAnybodyHere = false;
    place = rooms.join(guest.ticketId, 'guest', {
      other: (isOtherHere, side) => {
        isAnybodyHere = true;
        send({ type: 'room', isOtherHere, attentionId: attentionOf(side) });
      },
      hear: (signal, from) => send({ type: 'signal', signal, attentionId: attentionOf(from) }),
      replaced: () => {
        place = null;
        // Another tab of the same browser: the session moves there.
        close(REPLACED, 'moved');
      },
    });
    if (!isAnybodyHere) send({ type: 'room', isOtherHere: false });
  };
  let stopIce: (() => void) | null = null;
  const endIce = (): void => {
    stopIce?.();
    stopIce = null;
  };
  let isOut = false;
  let ending: Promise<void> | null = null;
  /** A page that knows of the end hears nothing more: the last words come before it. */
  const tellEnd = (state: GuestState): void => {
    ending ??= chat.finish();
    void ending.then(() => {
      if (!isOut) send({ type: 'video', state });
    });
  };
  const stop = views.watch(guest.branchId, guest.ticketId, {
    show: (view) => {
      if (view?.linkId !== guest.id) {
        isOut = true;
        leaveRoom();
        endIce();
        chat.follow(null);
        leaving(readiness.forget());
        return send(errorFrame('LINK_INVALID', asker));
      }
      const { state } = view;
      if (state.isBlocked || !['waiting', 'calling', 'attending'].includes(state.phase)) {
        endIce();
        leaveRoom();
        if (state.isBlocked) leaving(readiness.forget());
        return tellEnd(state);
      }
      send({ type: 'video', state });
      stopIce ??= keepIce(context, guest.ticketId, (ice) => send({ type: 'ice', ice }));
      if (state.phase === 'calling' || state.phase === 'attending') enterRoom(state);
      else leaveRoom();
      chat.follow(view.agentId);
    },
    fail: (requestId) => send(errorFrame('UNAVAILABLE', { ...asker, requestId })),
  });
  return {
    say: (signal, attentionId = inForce ?? undefined) => {
      const guard = attentionId && guards.get(attentionId);
      if (!guard) return;
      const heard = guard(signal);
      if (heard === 'keyChanged') {
        const word = keyChanged(signal.session);
        send({ type: 'signal', signal: word, attentionId });
        place?.say(word, agentSide(attentionId));
        void alarm('guest', { attentionId, session: signal.session });
      } else if (heard === 'invalid') send(errorFrame('SIGNAL_INVALID', asker));
      else if (heard !== 'nothing') place?.say(heard, agentSide(attentionId));
    },
    mediaFlow: (offerId) => {
      // Said again while there is no answer: one transaction at a time.
      if (offerId !== accepted || isPassing) return;
      isPassing = true;
      completeTransfer(context, guest, offerId)
        .catch((error: unknown) => {
          context.log.error({ error, requestId: asker.requestId }, 'a video could not pass on');
        })
        .finally(() => {
          isPassing = false;
        });
    },
    report: readiness.report,
    leave: () => {
      stop();
      isOut = true;
      endIce();
      chat.follow(null);
      leaveRoom();
      leaving(readiness.forget());
      if (ending) leaving(ending);
    },
  };
}
