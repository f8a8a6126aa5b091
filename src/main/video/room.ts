import type { RoomFact, SignalFact } from '../../bridge/facts.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { Ice } from '../../protocol/video/ice.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import type { RoomDown, RoomUp } from '../sync/desk-socket.ts';

interface Options {
  /** Lost while the line is down. */
  say: (frame: RoomUp) => void;
  isLineUp: () => boolean;
}

interface RoomEvents {
  changed: (fact: RoomFact) => void;
  heard: (fact: SignalFact) => void;
}

/** A window that presses to call opens the video within this time, or not at all. */
const OPENS_MS = 10_000;
/**
 * What the server has not answered by then with a side is asked anew: it could not look, or the call was not there yet. Twice as long
 * each time: a side that it gives late is not asked away from under it.
 */
const ASKED_AGAIN_MS = 3_000;
const MOST_ASKED_AGAIN_MS = 12_000;

/**
 * This desk's side of the room of the video in hand: taken anew whenever the line comes back, and as soon as the server has called
 * the guest for a window that waits for it.
 */
export function createRoom({ say, isLineUp }: Options, { changed, heard }: RoomEvents) {
  let ticketId: TicketId | null = null;
  let isGuestHere = false;
  let ice: Ice | null = null;
  /** The server has given this desk its side: what is said before goes nowhere. */
  let hasSide = false;
  /** That of the call that is under way, until the window joins. */
  let prepared: { id: TicketId; late: NodeJS.Timeout } | null = null;

  let asking: NodeJS.Timeout | undefined;

  const tell = (): void => changed({ ticketId, isLineUp: isLineUp() && hasSide, isGuestHere, ice });
  const set = (id: TicketId | null): void => {
    clearTimeout(asking);
    ticketId = id;
    isGuestHere = false;
    hasSide = false;
    ice = null;
    tell();
  };

  const unprepare = (): void => {
    clearTimeout(prepared?.late);
    prepared = null;
  };
  const ask = (id: TicketId, again = ASKED_AGAIN_MS): void => {
    clearTimeout(asking);
    say({ type: 'joinRoom', ticketId: id });
    asking = setTimeout(() => ask(id, Math.min(again * 2, MOST_ASKED_AGAIN_MS)), again);
    // A desk that closes does not wait for it.
    asking.unref();
  };
  const take = (id: TicketId): void => {
    set(id);
    ask(id);
  };
  const leave = (id: TicketId): void => {
    if (ticketId !== id) return;
    say({ type: 'leaveRoom', ticketId: id });
    set(null);
  };
  const notCalled = (id: TicketId): void => {
    if (prepared?.id !== id) return;
    unprepare();
    leave(id);
  };

  return {
    prepare: (id: TicketId): void => {
      unprepare();
      if (ticketId !== null) return;
      prepared = { id, late: setTimeout(() => notCalled(id), OPENS_MS) };
    },
    called: (id: TicketId): void => {
      if (prepared?.id === id && ticketId === null) take(id);
    },
    notCalled,
    join: (id: TicketId): void => {
      const isTaken = prepared?.id === id && ticketId === id;
      unprepare();
      if (isTaken) tell();
      else take(id);
    },
    leave,
    say: (id: TicketId, signal: Signal): void => {
      if (ticketId === id) say({ type: 'signal', ticketId: id, signal });
    },
    take: (frame: RoomDown): void => {
      // Of a room that was left meanwhile.
      if (frame.ticketId !== ticketId) return;
      if (frame.type === 'signal') return heard({ ticketId: frame.ticketId, signal: frame.signal });
      if (frame.type === 'ice') ice = frame.ice;
      else {
        clearTimeout(asking);
        hasSide = true;
        isGuestHere = frame.isOtherHere;
      }
      tell();
    },
    lineUp: (): void => {
      if (ticketId !== null) ask(ticketId);
      tell();
    },
    lineDown: (): void => {
      clearTimeout(asking);
      isGuestHere = false;
      hasSide = false;
      tell();
    },
    isInVideo: (): boolean => ticketId !== null || prepared !== null,
    /** Another agent, or nobody, sits here now. */
    forget: (): void => {
      unprepare();
      if (ticketId !== null) set(null);
    },
  };
}

export type Room = ReturnType<typeof createRoom>;
