import type { PublicDown } from '../../protocol/socket/down.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import type { GuestView } from '../queries/guest-states.ts';
import type { ServerContext } from '../start/server-context.ts';
import { createSignalGuard } from '../video/create-signal-guard.ts';
import { keepIce } from '../video/keep-ice.ts';
import type { Place, Rooms } from '../video/rooms.ts';
import type { BranchViews } from './branch-views.ts';
import { errorFrame, type Asker } from './socket-error.ts';

const REPLACED = 4409;

interface Options {
  context: ServerContext;
  views: BranchViews<GuestView>;
  rooms: Rooms;
  asker: Asker;
  send: (frame: PublicDown) => void;
  close: (code: number, reason: string) => void;
}

export interface GuestSeat {
  say: (signal: Signal) => void;
  leave: () => void;
}

/**
 * A guest who has entered: sees the state of the attention, and speaks with the agent while one calls or attends. With the link
 * revoked, or the ticket closed, nothing is said any more.
 */
export function takeGuestSeat(
  guest: { id: string; ticketId: string; branchId: string },
  { context, views, rooms, asker, send, close }: Options,
): GuestSeat {
  const guard = createSignalGuard(context);
  let place: Place | null = null;
  const leaveRoom = (): void => {
    place?.leave();
    place = null;
  };
  const enterRoom = (): void => {
    place ??= rooms.join(guest.ticketId, 'guest', {
      other: (isOtherHere) => send({ type: 'room', isOtherHere }),
      hear: (signal) => send({ type: 'signal', signal }),
      replaced: () => {
        place = null;
        // Another tab of the same browser: the session moves there.
        close(REPLACED, 'moved');
      },
    });
  };
  let stopIce: (() => void) | null = null;
  const endIce = (): void => {
    stopIce?.();
    stopIce = null;
  };
  const stop = views.watch(guest.branchId, guest.ticketId, {
    show: (view) => {
      if (view?.linkId !== guest.id) {
        leaveRoom();
        endIce();
        return send(errorFrame('LINK_INVALID', asker));
      }
      const { state } = view;
      send({ type: 'video', state });
      if (['waiting', 'calling', 'attending'].includes(state.phase)) {
        stopIce ??= keepIce(context, guest.ticketId, (ice) => send({ type: 'ice', ice }));
      } else endIce();
      if (state.phase === 'calling' || state.phase === 'attending') enterRoom();
      else leaveRoom();
    },
    fail: (requestId) => send(errorFrame('UNAVAILABLE', { ...asker, requestId })),
  });
  return {
    say: (signal) => {
      const heard = guard(signal);
      if (heard === 'invalid') send(errorFrame('SIGNAL_INVALID', asker));
      else if (heard !== 'nothing') place?.say(heard);
    },
    leave: () => {
      stop();
      endIce();
      leaveRoom();
    },
  };
}
