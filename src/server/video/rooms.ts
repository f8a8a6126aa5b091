import type { Signal } from '../../protocol/video/signal.ts';

/** The guest's, or that of the agent whose attention it is: while a video passes on there are two of these. */
export type Side = 'guest' | `agent:${string}`;

export const agentSide = (attentionId: string): Side => `agent:${attentionId}`;

/** One side of a call, as its socket hears it. */
export interface Member {
  /** Whether another side is there: those that are on joining, and each whenever it comes or goes. Agents hear of the guest alone. */
  other: (isHere: boolean, side: Side) => void;
  hear: (signal: Signal, from: Side) => void;
  /** Another socket has taken this side. Nothing is heard any more. */
  replaced: () => void;
}

export interface Place {
  /** To that side, if it is there; agents speak to the guest alone. */
  say: (signal: Signal, to: Side) => void;
  leave: () => void;
}

/** What a server process tells the others of a side that sits with it. `here` answers `came`. */
export interface FarWord {
  ticketId: string;
  side: Side;
  word: { type: 'came' | 'here' | 'gone' } | { type: 'signal'; to: Side; signal: Signal };
}

interface Room {
  members: Map<Side, Member>;
  /** Sides that sit with another process. */
  far: Set<Side>;
}

const isGuest = (side: Side): boolean => side === 'guest';

/**
 * The calls whose sides sit with this process, by ticket: one guest, and the agent who attends, beside whom there may be the one
 * who takes over. What the guest says to one of them the other does not hear. Who may sit where is decided before. A side that
 * comes anywhere takes the place of the one before.
 */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  /** To the other server processes; words may be lost on the way. */
  tellFar: (word: FarWord) => void = () => undefined;

  join(ticketId: string, side: Side, member: Member): Place {
    const room: Room = this.#rooms.get(ticketId) ?? { members: new Map(), far: new Set() };
    this.#rooms.set(ticketId, room);
    const { members, far } = room;
    const before = members.get(side);
    members.set(side, member);
    far.delete(side);
    before?.replaced();
    for (const other of new Set([...members.keys(), ...far])) {
      if (isGuest(other) !== isGuest(side)) member.other(true, other);
    }
    tellOthers(room, side, true);
    this.tellFar({ ticketId, side, word: { type: 'came' } });
    return {
      say: (signal, to) => {
        if (members.get(side) !== member || isGuest(to) === isGuest(side)) return;
        const hearer = members.get(to);
        if (hearer) hearer.hear(signal, side);
        else this.tellFar({ ticketId, side, word: { type: 'signal', to, signal } });
      },
      leave: () => {
        if (members.get(side) !== member) return;
        members.delete(side);
        tellOthers(room, side, false);
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
    if (word.type === 'signal') return members.get(word.to)?.hear(word.signal, side);
    if (word.type === 'gone') {
      if (far.delete(side)) tellOthers(room, side, false);
      return;
    }
    const before = members.get(side);
    if (before && word.type === 'here') return;
    if (before) {
      members.delete(side);
      before.replaced();
    }
    far.add(side);
    tellOthers(room, side, true);
    if (word.type === 'came') {
      for (const other of members.keys()) {
        if (isGuest(other) !== isGuest(side)) this.tellFar({ ticketId, side: other, word: { type: 'here' } });
      }
    }
    this.#forget(ticketId, room);
  }

  /** The way to the others was lost for a while: says anew who sits here. */
  tellAll(): void {
    for (const [ticketId, { members }] of this.#rooms) {
      for (const side of members.keys()) this.tellFar({ ticketId, side, word: { type: 'here' } });
    }
  }

  #forget(ticketId: string, { members }: Room): void {
    if (members.size === 0) this.#rooms.delete(ticketId);
  }
}

/** Tells those who sit here on the other side of `side`. */
function tellOthers({ members }: Room, side: Side, isHere: boolean): void {
  for (const [other, member] of members) if (isGuest(other) !== isGuest(side)) member.other(isHere, side);
}
