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

/** What a server process tells the others of a side that sits with it. `here` answers `came`. */
export interface FarWord {
  ticketId: string;
  side: Side;
  word: { type: 'came' | 'here' | 'gone' } | { type: 'signal'; signal: Signal };
}

interface Room {
  members: Partial<Record<Side, Member>>;
  /** Sides that sit with another process. */
  far: Set<Side>;
}

const otherOf = (side: Side): Side => (side === 'agent' ? 'guest' : 'agent');

/**
 * The calls whose sides sit with this process, by ticket: one agent and one guest, to whom the other's words are handed on as
 * they come. Who may sit where is decided before. A side that comes anywhere takes the place of the one before.
 */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  /** To the other server processes; words may be lost on the way. */
  tellFar: (word: FarWord) => void = () => undefined;

  join(ticketId: string, side: Side, member: Member): Place {
    const room: Room = this.#rooms.get(ticketId) ?? { members: {}, far: new Set() };
    this.#rooms.set(ticketId, room);
    const { members, far } = room;
    const other = otherOf(side);
    const before = members[side];
    members[side] = member;
    far.delete(side);
    before?.replaced();
    member.other(members[other] !== undefined || far.has(other));
    members[other]?.other(true);
    this.tellFar({ ticketId, side, word: { type: 'came' } });
    return {
      say: (signal) => {
        if (members[side] !== member) return;
        if (members[other]) members[other].hear(signal);
        else this.tellFar({ ticketId, side, word: { type: 'signal', signal } });
      },
      leave: () => {
        if (members[side] !== member) return;
        delete members[side];
        members[other]?.other(false);
        this.tellFar({ ticketId, side, word: { type: 'gone' } });
        this.#forget(ticketId, room);
      },
    };
  }

  /** What another process tells. */
  hearFar({ ticketId, side, word }: FarWord): void {
    const room = this.#rooms.get(ticketId);
    if (!room) return;
    const { members, far } = room;
    const other = otherOf(side);
    if (word.type === 'signal') return members[other]?.hear(word.signal);
    if (word.type === 'gone') {
      if (far.delete(side)) members[other]?.other(false);
      return;
    }
    if (members[side] && word.type === 'came') {
      const before = members[side];
      delete members[side];
      before.replaced();
    }
    if (members[side]) return;
    far.add(side);
    if (!members[other]) return this.#forget(ticketId, room);
    members[other].other(true);
    if (word.type === 'came') this.tellFar({ ticketId, side: other, word: { type: 'here' } });
  }

  /** The way to the others was lost for a while: says anew who sits here. */
  tellAll(): void {
    for (const [ticketId, { members }] of this.#rooms) {
      for (const side of ['agent', 'guest'] as const) {
        if (members[side]) this.tellFar({ ticketId, side, word: { type: 'here' } });
      }
    }
  }

  #forget(ticketId: string, { members }: Room): void {
    if (!members.agent && !members.guest) this.#rooms.delete(ticketId);
  }
}
