import type { Logger } from 'pino';
import { runWork, type WorkContext } from '../changes/work.ts';
import { readDue, type Due } from '../store/due-rows.ts';
import { readLostAgents } from '../store/status-rows.ts';
import { readSilentCalls } from '../store/ticket-rows.ts';
import { dispatchBranch } from './dispatch-branch.ts';
import { SEEN_LASTS_MS } from './is-seen.ts';
import { loseDesk } from './lose-desk.ts';
import { returnCall } from './return-call.ts';

const POLL_MS = 500;
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
 */
export function createDispatcher(): Dispatcher {
  const wanted = new Set<string>();
  let context: DispatchContext | null = null;
  let running: Promise<void> | null = null;
  let polling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

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
    await attempt(server, 'due times could not be read', {}, async () => {
      for (const due of await readDue(server.store.db, server.clock())) {
        await attempt(server, 'a due time could not be settled', due, () => settle(server, due));
      }
    });
    await attempt(server, 'lost desks could not be read', {}, async () => {
      for (const agentId of await readLostAgents(server.store.db, server.clock() - SEEN_LASTS_MS)) {
        await attempt(server, 'a lost desk could not be marked', { agentId }, () =>
          runWork(server, (work) => loseDesk(work, agentId)),
        );
      }
    });
    await attempt(server, 'silent calls could not be read', {}, async () => {
      for (const attentionId of await readSilentCalls(server.store.db, server.clock() - SILENT_CALL_MS)) {
        await attempt(server, 'a silent call could not be given back', { attentionId }, () =>
          runWork(server, (work) => returnCall(work, attentionId, 'deskSilent')),
        );
      }
    });
  };

  return {
    trigger,
    start: (server) => {
      context = server;
      timer = setInterval(() => {
        polling ??= poll(server).finally(() => (polling = null));
      }, POLL_MS);
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
