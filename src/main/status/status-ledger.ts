import { v7 as uuidv7 } from 'uuid';
import type { CurrentFact, ShiftFact, StatusFact } from '../../bridge/facts.ts';
import { businessDayBounds, businessDayOf } from '../../domain/business-day/business-day.ts';
import type { StatusCause } from '../../protocol/agent-status.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { LedgerRow } from '../cache/ledger-repository.ts';
import type { StoreClient } from '../cache/store-client.ts';
import type { Working } from '../session/session-fact.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { shiftSegments } from './shift-segments.ts';

interface LedgerOptions {
  store: StoreClient;
  clock: ServerClock;
  changed: (shift: ShiftFact) => void;
}

/** Writes down what the agent of this desk does, each change with its cause, and what became of a run that died. */
export function createStatusLedger({ store, clock, changed }: LedgerOptions) {
  const runId = uuidv7();
  let working: Working | null = null;
  let last: Pick<LedgerRow, 'kind' | 'cause'> | null = null;
  let crashed: AgentId | null = null;

  const write = async (agentId: AgentId, kind: LedgerRow['kind'], cause: StatusCause, at: Instant): Promise<void> => {
    last = { kind, cause };
    await store.ask('ledger.add', { agentId, kind, cause, at, monotonicAt: clock.monotonic(), runId });
  };

  const tell = async (): Promise<void> => {
    if (!working) return;
    const { timeZone } = working.branch;
    const { from } = businessDayBounds(businessDayOf(clock.now(), timeZone), timeZone);
    changed(shiftSegments(await store.ask('ledger.since', working.agent.id, from)));
  };

  return {
    /** Opens this run. Where the one before ended without a word while its agent worked, it says so: cause crash. */
    start: async (): Promise<void> => {
      const earlier = await store.ask('run.start', runId, clock.now());
      if (!earlier?.last || earlier.run.endedAt !== null) return;
      const { agentId, kind } = earlier.last;
      if (kind === 'signedOut' || kind === 'offline') return;
      crashed = agentId;
      const at = Math.max(earlier.last.at, earlier.run.aliveAt);
      await write(agentId, 'offline', 'crash', at);
      last = null;
    },
    /** Whether the last run of this agent at this desk died while they worked; true once. */
    takeCrash: (agentId: AgentId): boolean => {
      const isTheirs = crashed === agentId;
      if (isTheirs) crashed = null;
      return isTheirs;
    },
    entered: async (next: Working): Promise<void> => {
      const isSame = working?.agent.id === next.agent.id;
      working = next;
      if (!isSame) last = null;
      await tell();
    },
    /** The state or the attention in hand may have changed. */
    observe: async ({ status }: StatusFact, { ticket }: CurrentFact): Promise<void> => {
      if (!working) return;
      const isAttending = ticket?.header.state === 'attending';
      const kind = isAttending ? 'attending' : status.state;
      if (last?.kind === kind && (isAttending || last.cause === status.cause)) return;
      const since = isAttending ? ticket.header.attendingSince : last?.kind === 'attending' ? null : status.since;
      await write(working.agent.id, kind, status.cause, since ?? clock.now());
      await tell();
    },
    left: async (): Promise<void> => {
      if (!working) return;
      const { agent } = working;
      working = null;
      await write(agent.id, 'signedOut', 'signOut', clock.now());
    },
    alive: (): Promise<void> => store.ask('run.alive', runId, clock.now()),
    stop: (): Promise<void> => store.ask('run.end', runId, clock.now()),
  };
}

export type StatusLedger = ReturnType<typeof createStatusLedger>;
