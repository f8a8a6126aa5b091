import type { Signal } from '../../protocol/video/signal.ts';

export type Side = 'agent' | 'guest';

/** One side of a call, as its socket hears it. */
export interface Member {
  /** Whether the other side is there: on joining, and whenever it comes or goes. */
  other: (isHere: boolean) => void;
  hear: (signal: Signal) => void;
  /** Another socket has taken this side. Nothing is heard any more. */
  replaced: () => void;
}

export interface Place {
  /** To the other side, if it is there. */
  say: (signal: Signal) => void;
  leave: () => void;
}

type Room = Partial<Record<Side, Member>>;

const otherOf = (side: Side): Side => (side === 'agent' ? 'guest' : 'agent');

/**
 * The calls of this process, by ticket: one agent and one guest, to whom the other's words are handed on as they come. Who may
 * sit where is decided before.
 */
export class Rooms {
  readonly #rooms = new Map<string, Room>();

  join(ticketId: string, side: Side, member: Member): Place {
    const room = this.#rooms.get(ticketId) ?? {};
    this.#rooms.set(ticketId, room);
    const before = room[side];
    room[side] = member;
    before?.replaced();
    const other = otherOf(side);
    member.other(room[other] !== undefined);
    room[other]?.other(true);
    return {
      say: (signal) => {
        if (room[side] === member) room[other]?.hear(signal);
      },
      leave: () => {
        if (room[side] !== member) return;
        delete room[side];
        if (room[other]) room[other].other(false);
        else this.#rooms.delete(ticketId);
      },
    };
  }

  get count(): number {
    return this.#rooms.size;
  }
}
