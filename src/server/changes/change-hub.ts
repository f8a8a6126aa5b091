import type { Logger } from 'pino';
import type { Change, ChangeBody } from '../../protocol/change.ts';
import { readChanges } from '../store/change-rows.ts';
import type { Store } from '../store/connect.ts';

/** Takes what came after its cursor: every change once, in order, without a gap. */
export interface Subscriber {
  stream: string;
  take: (changes: Change[]) => void;
  /** Nothing more will come: what followed its cursor could not be read. It may subscribe anew. */
  fail: () => void;
}

/** What a commit of this process wrote into a stream: its last position there, and the bodies in their order. */
export interface Grown {
  stream: string;
  seq: number;
  bodies: ChangeBody[];
}

/** One subscription, until it is left. */
export interface Follower {
  readonly subscriber: Subscriber;
  seq: number;
  isOn: boolean;
}

interface Watched {
  /** All that was handed out to everybody here. */
  seq: number;
  followers: Set<Follower>;
}

/** At most this many changes are read of one stream at once; a longer tail takes several rounds. */
const PAGE = 500;

/**
 * Hands committed changes to the sockets of this process. The change log is the truth: an announcement, from here or from
 * another process, only says where to look, and a poll covers one that was lost.
 */
export class ChangeHub {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #watched = new Map<string, Watched>();
  readonly #dirty = new Set<string>();
  readonly #announceListeners = new Set<(streams: string[]) => void>();
  #pumping: Promise<void> | null = null;

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  /** Says how streams grew; called after every commit of this process. */
  announce(grown: Grown[]): void {
    if (grown.length === 0) return;
    const streams = grown.map(({ stream }) => stream);
    for (const listener of this.#announceListeners) listener(streams);
    this.lookAt(grown.filter((each) => !this.#handOn(each)).map(({ stream }) => stream));
  }

  /** What follows right behind all that was handed out need not be read again. Returns whether it did. */
  #handOn({ stream, seq, bodies }: Grown): boolean {
    const watched = this.#watched.get(stream);
    const before = seq - bodies.length;
    if (watched?.seq !== before) return false;
    watched.seq = seq;
    const changes = bodies.map((body, index): Change => ({ seq: before + 1 + index, body }));
    for (const follower of watched.followers) this.#hand(follower, changes);
    return true;
  }

  /** Hears of every commit of this process (for the hint to the others). */
  onAnnounce(listener: (streams: string[]) => void): void {
    this.#announceListeners.add(listener);
  }

  /** Reads what is new in these streams, if anybody here watches them. */
  lookAt(streams: Iterable<string>): void {
    for (const stream of streams) if (this.#watched.has(stream)) this.#dirty.add(stream);
    this.#pump();
  }

  /** Looks at everything that is watched: the poll. */
  lookAtAll(): void {
    this.lookAt(this.#watched.keys());
  }

  /** After `seq`, `subscriber` takes all that comes. Returns the way to stop it. */
  subscribe(subscriber: Subscriber, seq: number): () => void {
    const follower = this.follow(subscriber, seq);
    return () => this.leave(follower);
  }

  /** As `subscribe`, until `leave`: each desk has three, for as long as it is there, and a function of its own for each is large. */
  follow(subscriber: Subscriber, seq: number): Follower {
    const follower: Follower = { subscriber, seq, isOn: true };
    const watched = this.#watched.get(subscriber.stream);
    if (watched && seq < watched.seq) void this.#catchUp(follower);
    else this.#join(follower);
    return follower;
  }

  leave(follower: Follower): void {
    follower.isOn = false;
    const { stream } = follower.subscriber;
    const watched = this.#watched.get(stream);
    watched?.followers.delete(follower);
    if (watched?.followers.size === 0) this.#watched.delete(stream);
  }

  /** Resolves when all that was announced so far has been handed on. */
  async settled(): Promise<void> {
    while (this.#pumping) await this.#pumping;
  }

  #join(follower: Follower): void {
    const { stream } = follower.subscriber;
    const watched = this.#watched.get(stream) ?? { seq: follower.seq, followers: new Set() };
    this.#watched.set(stream, watched);
    watched.followers.add(follower);
    this.lookAt([stream]);
  }

  /** Others are further: this one reads by itself until it stands where they stand, then joins them. */
  async #catchUp(follower: Follower): Promise<void> {
    const { stream } = follower.subscriber;
    try {
      for (;;) {
        const watched = this.#watched.get(stream);
        if (!watched || follower.seq >= watched.seq) break;
        const changes = await this.#read(stream, follower.seq);
        if (!follower.isOn) return;
        if (changes[0]?.seq !== follower.seq + 1) throw new Error('the log no longer reaches back to the cursor');
        this.#hand(follower, changes);
      }
      if (follower.isOn) this.#join(follower);
    } catch (error) {
      this.#drop(follower, error);
    }
  }

  async #read(stream: string, seq: number): Promise<Change[]> {
    return (await readChanges(this.#store.db, [[stream, seq]], PAGE)).get(stream) ?? [];
  }

  #hand(follower: Follower, changes: Change[]): void {
    const isFresh = (changes[0]?.seq ?? 0) > follower.seq;
    const fresh = isFresh ? changes : changes.filter((change) => change.seq > follower.seq);
    const last = fresh.at(-1);
    if (!follower.isOn || !last) return;
    follower.seq = last.seq;
    try {
      follower.subscriber.take(fresh);
    } catch (error) {
      this.#drop(follower, error);
    }
  }

  #drop(follower: Follower, error: unknown): void {
    const { subscriber } = follower;
    this.#log.error({ error, stream: subscriber.stream }, 'a follower of a stream was let go');
    if (!follower.isOn) return;
    this.leave(follower);
    subscriber.fail();
  }

  #pump(): void {
    if (this.#pumping || this.#dirty.size === 0) return;
    this.#pumping = this.#drain().finally(() => {
      this.#pumping = null;
      this.#pump();
    });
  }

  async #drain(): Promise<void> {
    const looked = new Map<string, Watched>();
    for (const stream of this.#dirty) {
      const watched = this.#watched.get(stream);
      if (watched) looked.set(stream, watched);
    }
    this.#dirty.clear();
    if (looked.size === 0) return;
    try {
      const cursors = [...looked].map(([stream, { seq }]): [string, number] => [stream, seq]);
      for (const [stream, changes] of await readChanges(this.#store.db, cursors, PAGE)) {
        const watched = looked.get(stream);
        const last = changes.at(-1);
        // Everybody left meanwhile: whoever watches it now began at a cursor of their own.
        if (!watched || !last || this.#watched.get(stream) !== watched) continue;
        watched.seq = Math.max(watched.seq, last.seq);
        for (const follower of watched.followers) this.#hand(follower, changes);
        if (changes.length === PAGE) this.#dirty.add(stream);
      }
    } catch (error) {
      // The poll looks again; nothing is lost, for the cursors did not move.
      this.#log.error({ error }, 'reading changes failed');
    }
  }
}
