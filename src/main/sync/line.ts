import type { Logger } from 'pino';
import type { LineFact } from '../../bridge/facts.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Image } from '../../protocol/socket/down.ts';
import type { ApplyOutcome } from '../cache/apply-frame.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { openDeskSocket, type RoomDown, type RoomUp, type SocketEnd, type SocketEvents } from './desk-socket.ts';
import { fullJitter } from './full-jitter.ts';
import type { ImageTaker } from './image-taker.ts';
import { endOf, endOfSocket, type LineEnd } from './line-end.ts';
import type { LineTimings } from './line-timings.ts';
import type { DeviceKey, SessionKey } from './keys.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';

export interface LineEvents {
  changed: (fact: LineFact) => void;
  applied: (outcome: ApplyOutcome) => void;
  /** Connected, and all that was missed is in the cache. */
  up: () => void;
  ended: (cause: LineEnd) => void;
  room: (frame: RoomDown) => void;
  /** The open offers of live videos. */
  transfers: SocketEvents['transfers'];
}

interface Connection {
  end: SocketEnd;
  wasUp: boolean;
  /** What the server would have the desk begin with, in place of rows. */
  offer: Image | null;
}

interface LineOptions {
  serverUrl: URL;
  api: ServerApi;
  store: StoreClient;
  images: ImageTaker;
  clock: ServerClock;
  timings: LineTimings;
  random: () => number;
  /** Null before the desk is enrolled. */
  device: () => DeviceKey | null;
  log: Logger;
}

/**
 * The desk's one line to the server: keeps a socket open for a session, and says how it stands. Without a session it only
 * looks whether the server is there.
 */
export function createLine(options: LineOptions, events: LineEvents) {
  const { serverUrl, clock, timings, images } = options;
  const socketUrl = new URL('/v1/desk/socket', serverUrl);
  socketUrl.protocol = serverUrl.protocol === 'https:' ? 'wss:' : 'ws:';

  let state: LineFact['state'] = 'down';
  let since: Instant = clock.now();
  let nextTryAt: Instant | null = null;
  let syncedAt: Instant | null = null;
  let isLinked = false;
  let stopRun: (() => void) | null = null;
  let hurry: (() => void) | null = null;
  let linked: { say: (frame: RoomUp) => void } | null = null;

  const fact = (): LineFact => ({ state, since, nextTryAt, syncedAt, clockOffset: clock.offset() });
  const tell = (): void => events.changed(fact());
  const enter = (next: LineFact['state'], tryAt: Instant | null): void => {
    // An outage is one span, however many tries it holds.
    if ((state === 'up') !== (next === 'up')) since = clock.now();
    state = next;
    nextTryAt = tryAt;
    tell();
  };
  const heard = (serverTime: Instant): void => {
    clock.heard(serverTime);
    if (state === 'up') syncedAt = serverTime;
  };

  /** What the store is told by the way: if it cannot take it (a full disk), the line goes on. */
  const note = (told: Promise<void>): void => {
    told.catch((error: unknown) => options.log.error({ err: error }, 'the store did not take it'));
  };

  /** One connection, from the ticket for it to its end. */
  const connect = async (key: SessionKey, stopped: AbortSignal): Promise<Connection> => {
    const { ticket } = await options.api.socketTicket(key);
    if (stopped.aborted) return { end: { how: 'dropped', reason: '' }, wasUp: false, offer: null };
    let wasUp = false;
    let offer: Image | null = null;
    const branchSchema = images.schema();
    const socket = openDeskSocket(
      { url: socketUrl, device: key.device, ticket, store: options.store, branchSchema, timings },
      {
        welcome: ({ serverTime, streams }) => {
          heard(serverTime);
          note(options.store.ask('stream.follow', streams));
        },
        offered: (image) => {
          if (branchSchema !== undefined) offer = image;
          socket.close();
        },
        caughtUp: ({ serverTime }) => {
          images.caughtUp();
          wasUp = true;
          isLinked = true;
          linked = socket;
          enter('up', null);
          heard(serverTime);
          tell();
          note(options.store.ask('stream.caughtUp', serverTime));
          events.up();
        },
        pong: ({ serverTime }) => {
          heard(serverTime);
          tell();
        },
        room: events.room,
        transfers: events.transfers,
        refused: ({ error }) => {
          options.log.warn({ code: error.code }, 'the server refused a frame');
          if (branchSchema === undefined || wasUp || error.code !== 'BAD_FRAME') return;
          // An older server refuses a first frame with a field that it does not know, and waits for another.
          images.notKnown();
          socket.close();
        },
        applied: (outcome) => {
          if (state === 'up') syncedAt = clock.now();
          if (outcome.broken > 0) options.log.warn({ broken: outcome.broken }, 'changes in a shape that is not theirs');
          events.applied(outcome);
        },
      },
    );
    stopped.addEventListener('abort', socket.close, { once: true });
    const end = await socket.ended;
    stopped.removeEventListener('abort', socket.close);
    if (linked === socket) linked = null;
    if (!stopped.aborted) isLinked = false;
    return { end, wasUp, offer };
  };

  const rest = async (milliseconds: number, stopped: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    const timer = setTimeout(wake, milliseconds);
    hurry = wake;
    stopped.addEventListener('abort', wake);
    await promise;
    // The signal lives as long as the session: what stays at it would be kept with each reconnection.
    stopped.removeEventListener('abort', wake);
    clearTimeout(timer);
    hurry = null;
  };

  const pause = async (attempt: number, stopped: AbortSignal): Promise<void> => {
    const wait = fullJitter(attempt, timings.backoff, options.random);
    enter('down', clock.now() + wait);
    await rest(wait, stopped);
  };

  /** Nobody sits here: only says whether the server could be reached. */
  const lookOut = async (stopped: AbortSignal): Promise<void> => {
    let attempt = 0;
    while (!stopped.aborted) {
      const isThere = await options.api.isAlive(options.device());
      if (stopped.aborted) return;
      attempt = isThere ? 0 : attempt + 1;
      if (!isThere) await pause(attempt, stopped);
      else {
        if (state !== 'up') enter('up', null);
        await rest(timings.ping, stopped);
      }
    }
  };

  const run = async (key: SessionKey, stopped: AbortSignal): Promise<void> => {
    let attempt = 0;
    let refusals = 0;
    /** Since the line was up. */
    let offers = 0;
    while (!stopped.aborted) {
      enter('connecting', null);
      let wasUp = false;
      try {
        const connection = await connect(key, stopped);
        wasUp = connection.wasUp;
        if (stopped.aborted) return;
        if (wasUp) offers = 0;
        if (connection.offer) {
          const taken = await images.take(key, connection.offer, stopped);
          if (stopped.aborted) return;
          offers += 1;
          // Whoever offers again and again is not hurried.
          if (taken === 'done' && offers === 1) continue;
        }
        const end = endOfSocket(connection.end);
        if (end) return finish(end);
        // The ticket may have come too late; a session that is over is told by the next request for one.
        refusals = connection.end.how === 'unauthenticated' ? refusals + 1 : 0;
        if (refusals > 1) return finish('expired');
      } catch (error) {
        if (stopped.aborted) return;
        const end = endOf(error);
        if (end) return finish(end);
        options.log.debug({ err: error }, 'no connection');
      }
      attempt = wasUp ? 0 : attempt + 1;
      await pause(attempt, stopped);
    }
  };

  const begin = (work: (stopped: AbortSignal) => Promise<void>): void => {
    stopRun?.();
    const stopper = new AbortController();
    stopRun = () => stopper.abort();
    isLinked = false;
    work(stopper.signal).catch((error: unknown) => options.log.error({ err: error }, 'the line broke off'));
  };
  const watch = (): void => begin(lookOut);
  const finish = (cause: LineEnd): void => {
    watch();
    events.ended(cause);
  };

  return {
    /** Connects for this session and keeps doing so until `watch` or `stop`, or until the server says that it is over. */
    start: (key: SessionKey): void => begin((stopped) => run(key, stopped)),
    /** Without a session: sees whether the server is there. */
    watch,
    stop: (): void => {
      stopRun?.();
      isLinked = false;
    },
    retryNow: (): void => hurry?.(),
    /** Said of a room; lost while the line is down. */
    say: (frame: RoomUp): void => linked?.say(frame),
    /** Whether an act can have the server's word now. */
    isUp: (): boolean => isLinked,
    fact,
  };
}

export type Line = ReturnType<typeof createLine>;
