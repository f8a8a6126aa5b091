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

/** This desk's side of the room of the video in hand: taken anew whenever the line comes back. */
export function createRoom({ say, isLineUp }: Options, { changed, heard }: RoomEvents) {
  let ticketId: TicketId | null = null;
  let isGuestHere = false;
  let ice: Ice | null = null;
  /** The server has given this desk its side: what is said before goes nowhere. */
  let hasSide = false;

  const tell = (): void => changed({ ticketId, isLineUp: isLineUp() && hasSide, isGuestHere, ice });
  const set = (id: TicketId | null): void => {
    ticketId = id;
    isGuestHere = false;
    hasSide = false;
    ice = null;
    tell();
  };

  return {
    join: (id: TicketId): void => {
      set(id);
      say({ type: 'joinRoom', ticketId: id });
    },
    leave: (id: TicketId): void => {
      if (ticketId !== id) return;
      say({ type: 'leaveRoom', ticketId: id });
      set(null);
    },
    say: (id: TicketId, signal: Signal): void => {
      if (ticketId === id) say({ type: 'signal', ticketId: id, signal });
    },
    take: (frame: RoomDown): void => {
      // Of a room that was left meanwhile.
      if (frame.ticketId !== ticketId) return;
      if (frame.type === 'signal') return heard({ ticketId: frame.ticketId, signal: frame.signal });
      if (frame.type === 'ice') ice = frame.ice;
      else {
        hasSide = true;
        isGuestHere = frame.isOtherHere;
      }
      tell();
    },
    lineUp: (): void => {
      if (ticketId !== null) say({ type: 'joinRoom', ticketId });
      tell();
    },
    lineDown: (): void => {
      isGuestHere = false;
      hasSide = false;
      tell();
    },
    isJoined: (): boolean => ticketId !== null,
    /** Another agent, or nobody, sits here now. */
    forget: (): void => {
      if (ticketId !== null) set(null);
    },
  };
}

export type Room = ReturnType<typeof createRoom>;
