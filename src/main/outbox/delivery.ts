import type { Logger } from 'pino';
import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import type { SupersededRow } from '../cache/outbox-entry.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import { fullJitter } from '../sync/full-jitter.ts';
import type { LineTimings } from '../sync/line-timings.ts';
import type { DeviceKey } from '../sync/keys.ts';
import { NoAnswerError } from '../sync/no-answer.ts';
import type { ServerApi } from '../sync/server-api.ts';
import type { ServerClock } from '../sync/server-clock.ts';

const MOST_IN_A_BATCH = 250;
const ROWS_TIMEOUT_MS = 30_000;

interface DeliveryOptions {
  api: ServerApi;
  store: StoreClient;
  clock: ServerClock;
  timings: LineTimings;
  random: () => number;
  log: Logger;
  /** The key under which commands go, whoever is signed in; null before the desk is enrolled. */
  device: () => DeviceKey | null;
}

export interface DeliveryEvents {
  /** Rows of the outbox were answered. */
  answered: () => void;
  superseded: (row: SupersededRow) => void;
}

interface DirectAct {
  command: AgentCommand;
  wasSent: boolean;
  settle: (outcome: CommandResult | DeskError) => void;
}

/**
 * The one ordered way of commands to the server: rows of the outbox oldest first, after them the acts that wait for an
 * answer. What got no answer is delivered again under the same ids, which is harmless.
 */
export function createDelivery(options: DeliveryOptions, events: DeliveryEvents) {
  const { api, store, timings, log } = options;
  let directActs: DirectAct[] = [];
  let attempt = 0;
  // One command that the server cannot even read must not hold up the rest: then they go one by one.
  let batchSize = MOST_IN_A_BATCH;
  let isRunning = false;
  let isStopped = false;
  let wasKicked = false;
  let hasNew = false;
  let wake: (() => void) | null = null;

  const takeAnswers = async (results: readonly CommandResult[]): Promise<void> => {
    const { superseded } = await store.ask('outbox.answer', results);
    for (const row of superseded) events.superseded(row);
    events.answered();
  };

  const deliverRows = async (device: DeviceKey, rows: readonly AgentCommand[]): Promise<void> => {
    try {
      const { serverTime, results } = await api.deliver(device, rows, ROWS_TIMEOUT_MS);
      options.clock.heard(serverTime);
      if (results.length === 0) throw new NoAnswerError('The server answered for no command.');
      batchSize = MOST_IN_A_BATCH;
      await takeAnswers(results);
    } catch (error) {
      const refusal = refusalOfRequest(error);
      const [only, ...others] = rows;
      if (!refusal || !only) throw error;
      batchSize = 1;
      if (others.length === 0) await takeAnswers([{ id: only.id, status: 'refused', error: refusal }]);
    }
  };

  const deliverDirect = async (device: DeviceKey, act: DirectAct): Promise<void> => {
    act.wasSent = true;
    try {
      const { serverTime, results } = await api.deliver(device, [act.command], timings.directAct / 2);
      options.clock.heard(serverTime);
      const result = results.find(({ id }) => id === act.command.id);
      if (!result) throw new NoAnswerError('The server answered for another command.');
      act.settle(result);
    } catch (error) {
      const refusal = refusalOfRequest(error);
      if (!refusal) throw error;
      act.settle(new DeskError(refusal.code, { body: refusal }));
    }
  };

  /** Sends what is next; false when there is nothing to send or no key to send it under. */
  const deliverNext = async (): Promise<boolean> => {
    const device = options.device();
    if (!device) return false;
    const rows = await store.ask('outbox.unanswered', batchSize);
    if (rows.length > 0) {
      await deliverRows(
        device,
        rows.map(({ pending }) => pending.command),
      );
      return true;
    }
    const [first] = directActs;
    if (!first) return false;
    await deliverDirect(device, first);
    return true;
  };

  const waitForKick = async (milliseconds: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    wake = resolve;
    await promise;
    clearTimeout(timer);
    wake = null;
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    while (!isStopped) {
      wasKicked = false;
      hasNew = false;
      try {
        const hasMore = await deliverNext();
        attempt = 0;
        if (!hasMore && !wasKicked && !hasNew) break;
      } catch (error) {
        if (isStopped) break;
        log.debug({ err: error }, 'not delivered');
        attempt += 1;
        const cap = directActs.length > 0 ? Math.min(timings.backoff.cap, timings.directAct / 10) : timings.backoff.cap;
        if (!wasKicked) await waitForKick(fullJitter(attempt, { ...timings.backoff, cap }, options.random));
      }
    }
    isRunning = false;
  };

  const kick = (): void => {
    wasKicked = true;
    wake?.();
    if (!isRunning && !isStopped) void run();
  };

  return {
    /** Try now: the line is back, or somebody waits for the answer. */
    kick,
    /** A row is new in the outbox. After a try that failed it waits like those before it. */
    queued: (): void => {
      hasNew = true;
      if (!isRunning && !isStopped) void run();
    },
    /**
     * Delivers an act behind all that is queued and waits for its answer.
     * @throws DeskError UNKNOWN_OUTCOME when it was sent and no answer came in time, NEEDS_LINE when it never left
     */
    sendDirect: (command: AgentCommand): Promise<Exclude<CommandResult, { status: 'refused' }>> =>
      new Promise((resolve, reject) => {
        const act: DirectAct = {
          command,
          wasSent: false,
          settle: (outcome) => {
            clearTimeout(late);
            directActs = directActs.filter((other) => other !== act);
            if (outcome instanceof DeskError) reject(outcome);
            else if (outcome.status === 'refused') reject(new DeskError(outcome.error.code, { body: outcome.error }));
            else resolve(outcome);
          },
        };
        const late = setTimeout(() => {
          act.settle(new DeskError(act.wasSent ? 'UNKNOWN_OUTCOME' : 'NEEDS_LINE'));
        }, timings.directAct);
        directActs.push(act);
        kick();
      }),
    stop: (): void => {
      isStopped = true;
      for (const act of directActs) act.settle(new DeskError(act.wasSent ? 'UNKNOWN_OUTCOME' : 'NEEDS_LINE'));
      wake?.();
    },
  };
}

export type Delivery = ReturnType<typeof createDelivery>;

/** A refusal of the request itself that another try would meet again; null for all else. */
function refusalOfRequest(error: unknown): ErrorBody | null {
  if (!(error instanceof DeskError) || !error.body || error.body.retryable) return null;
  const isOfContent = ['BAD_JSON', 'BAD_REQUEST', 'UNKNOWN_FIELD', 'TOO_LARGE', 'REQUIRED', 'CONTROL_CHARS'].includes(
    error.code,
  );
  return isOfContent ? error.body : null;
}
