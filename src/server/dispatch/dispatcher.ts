import type { Logger } from 'pino';
import { runWork, type WorkContext } from '../changes/work.ts';
import { readDue, type Due } from '../store/due-rows.ts';
import { readLostAgents } from '../store/status-rows.ts';
import { readSilentCalls, readSilentVideos } from '../store/ticket-rows.ts';
import { dispatchBranch } from './dispatch-branch.ts';
import { createHearing } from './hearing.ts';
import { SEEN_LASTS_MS } from './is-seen.ts';
import { loseDesk } from './lose-desk.ts';
import { returnCall } from './return-call.ts';
import { settleOffer } from './settle-offer.ts';
import { returnVideo, SILENT_VIDEO_MS } from './return-video.ts';

const TICK_MS = 500;
/** So often due times are read where this process has written nothing and knows of none: another may have set some, and ended. */
const POLL_MS = 2_000;
/** Silence is told by the minute. */
const SILENCE_EVERY_MS = 5_000;
/** A call whose desk has been silent for this long goes back (design.md, Commands). */
const SILENT_CALL_MS = 60_000;

type DispatchContext = WorkContext & { log: Logger };

export interface Dispatcher {
  /** Looks at the branch's line soon; several triggers make one look. */
  trigger: (branchId: string) => void;
  start: (context: DispatchContext) => void;
  stop: () => Promise<void>;
  /** Resolves when all that was triggered so far has been looked at. */
  settled: () => Promise<void>;
}

/**
 * Decides who is called next: after each commit that may matter, and from the table of due times, which every process
 * polls, so that what one process began another ends. Desks that a process took with it when it ended are told as lost.
 * Where nothing happens PostgreSQL is seldom asked.
 */
export function createDispatcher(): Dispatcher {
  const wanted = new Set<string>();
  const hearing = createHearing();
  let context: DispatchContext | null = null;
  let running: Promise<void> | null = null;
  let polling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  /** This process has written since due times were read, or they could not be read. */
  let isTold = true;
  /** The first due time that is known. */
  let nextAt = Infinity;
  let sincePoll = stopwatch();
  let sinceSilence = stopwatch();

  const look = async (server: DispatchContext): Promise<void> => {
    for (const branchId of wanted) {
      wanted.delete(branchId);
      try {
        await runWork(server, (work) => dispatchBranch(work, branchId));
      } catch (error) {
        // The wish stays in the table: the poll looks again.
        server.log.error({ error, branchId }, 'dispatch failed');
      }
    }
  };

  const run = (): void => {
    if (running || !context || wanted.size === 0) return;
    running = look(context).finally(() => {
      running = null;
      run();
    });
  };

  const trigger = (branchId: string): void => {
    wanted.add(branchId);
    run();
  };

  const settle = async (server: DispatchContext, due: Due): Promise<void> => {
    const { kind, subjectId } = due;
    if (kind === 'dispatch') return trigger(subjectId);
    if (kind === 'transfer') return void (await runWork(server, (work) => settleOffer(work, subjectId)));
    const cause = kind === 'acknowledge' ? 'notAcknowledged' : 'noAnswer';
    await runWork(server, (work) => returnCall(work, subjectId, cause, { due: kind }));
  };

  /** One that cannot be done does not hold up the rest. `failed`: what the log says then. */
  const attempt = async (
    server: DispatchContext,
    failed: string,
    which: object,
    act: () => Promise<unknown>,
  ): Promise<void> => {
    try {
      await act();
    } catch (error) {
      server.log.error({ error, ...which }, failed);
    }
  };

  const poll = async (server: DispatchContext): Promise<void> => {
    const now = server.clock();
    isTold = false;
    await attempt(server, 'due times could not be read', {}, async () => {
      const dues = await readDue(server.store.db, now + POLL_MS).catch((error: unknown) => {
        isTold = true;
        throw error;
      });
      hearing.polled(server.clock());
      nextAt = dues[0]?.at ?? Infinity;
      for (const { at, ...due } of dues) {
        if (at > now) break;
        await attempt(server, 'a due time could not be settled', due, () => settle(server, due));
      }
    });
  };

  /** Desks that nobody sees any more, and what was in their hands. */
  const endSilence = async (server: DispatchContext): Promise<void> => {
    await attempt(server, 'lost desks could not be read', {}, async () => {
      for (const agentId of await readLostAgents(server.store.db, server.clock() - SEEN_LASTS_MS)) {
        await attempt(server, 'a lost desk could not be marked', { agentId }, () =>
          runWork(server, (work) => loseDesk(work, agentId)),
        );
      }
    });
    if (!hearing.isTelling(server.clock())) return;
    await attempt(server, 'silent calls could not be read', {}, async () => {
      for (const attentionId of await readSilentCalls(server.store.db, server.clock() - SILENT_CALL_MS)) {
        await attempt(server, 'a silent call could not be given back', { attentionId }, () =>
          runWork(server, (work) => returnCall(work, attentionId, 'deskSilent')),
        );
      }
    });
    await attempt(server, 'silent videos could not be read', {}, async () => {
      for (const attentionId of await readSilentVideos(server.store.db, server.clock() - SILENT_VIDEO_MS)) {
        await attempt(server, 'a silent video could not be given back', { attentionId }, () =>
          runWork(server, (work) => returnVideo(work, attentionId)),
        );
      }
    });
  };

  const tick = async (server: DispatchContext): Promise<void> => {
    const now = server.clock();
    if (isTold || nextAt <= now || sincePoll(now) >= POLL_MS) {
      sincePoll = stopwatch(now);
      await poll(server);
    }
    if (sinceSilence(now) >= SILENCE_EVERY_MS) {
      sinceSilence = stopwatch(now);
      await endSilence(server);
    }
  };

  return {
    trigger,
    start: (server) => {
      context = server;
      server.hub.onAnnounce(() => (isTold = true));
      timer = setInterval(() => {
        polling ??= tick(server).finally(() => (polling = null));
      }, TICK_MS);
      run();
    },
    stop: async () => {
      // From now on nothing new begins.
      context = null;
      if (timer) clearInterval(timer);
      await polling;
      await running;
    },
    settled: async () => {
      while (running) await running;
    },
  };
}

/** How long ago it was made, by the machine's time or by the server's clock, whichever says more: that one may be set. */
function stopwatch(madeAt = -Infinity): (now: number) => number {
  const at = performance.now();
  return (now) => Math.max(performance.now() - at, Math.abs(now - madeAt));
}
