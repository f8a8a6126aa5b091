import { v7 as uuidv7 } from 'uuid';
import type { AgentStatus } from '../../protocol/agent-status.ts';
import type { ChangeBody } from '../../protocol/change.ts';
import type { StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { TicketEvent, TicketFact } from '../../protocol/event.ts';
import { sealWork, type ChangeEntry } from '../store/change-rows.ts';
import { sealCommand, type CommandRow } from '../store/command-rows.ts';
import type { Store } from '../store/connect.ts';
import type { Writer } from '../store/database.ts';
import { eventRow, insertEvents, type EventRow } from '../store/event-rows.ts';
import { transact, transactInTurn } from '../store/transact.ts';
import type { ChangeHub } from './change-hub.ts';
import { rankOf, type StreamKind } from './stream-rank.ts';

/** What a transaction needs of its server process. */
export interface WorkContext {
  store: Store;
  clock: () => number;
  hub: ChangeHub;
  dispatcher: { trigger: (branchId: string) => void };
}

/** Who does it. `eventId`: what the desk already calls the line of the timeline (SPEC PD4); null: the server names it. */
export interface Actor {
  agentId: string | null;
  agentName: string | null;
  eventId: TicketEvent['id'] | null;
}

/** The server itself, or a customer. */
export const nobody: Actor = { agentId: null, agentName: null, eventId: null };

/** When it happened, as far as a desk is believed. */
export interface ActTime {
  occurredAt: number;
  isSuspect: boolean;
}

/**
 * One transaction in the making: rows are written as it goes, changes are gathered for its end. Statements are done in the order
 * in which they are called, so that what is read sees what was written before, answered or not.
 */
export class Work {
  readonly tx: Writer;
  readonly now: number;
  /** Those that this transaction has locked, as they are by now. */
  readonly statuses = new Map<string, AgentStatus>();
  readonly #entries: ChangeEntry[] = [];
  readonly #dispatches = new Set<string>();
  #events: EventRow[] = [];

  constructor(tx: Writer, now: number) {
    this.tx = tx;
    this.now = now;
  }

  /** Says a change to a stream. */
  say(kind: StreamKind, id: string, body: ChangeBody): void {
    this.#entries.push({ stream: `${kind}:${id}`, rank: rankOf(kind), body });
  }

  /**
   * A write whose answer says nothing: nobody waits for it, and the transaction fails if it does. It must have sent all of its
   * statements already.
   */
  write(sent: Promise<unknown>): void {
    sent.catch(() => undefined);
  }

  /** Asks that the branch's line be looked at again once this has committed. */
  dispatch(branchId: string): void {
    this.#dispatches.add(branchId);
  }

  /** Writes a line of the ticket's timeline, at the end if nobody reads it before, and returns it as the streams say it. */
  record(
    ticket: { id: string; branchId: string; companyId: string },
    actor: Actor,
    fact: TicketFact,
    time: ActTime = { occurredAt: this.now, isSuspect: false },
  ): TicketEvent {
    const event: TicketEvent = {
      id: actor.eventId ?? (uuidv7() as TicketEvent['id']),
      ticketId: ticket.id as TicketEvent['ticketId'],
      occurredAt: time.occurredAt,
      receivedAt: this.now,
      isSuspect: time.isSuspect,
      agentId: actor.agentId as TicketEvent['agentId'],
      agentName: actor.agentName,
      fact,
    };
    this.#events.push(eventRow(ticket, event));
    return event;
  }

  /** Sends the lines that are still to be written: what is read now has them. */
  writeEvents(): void {
    if (this.#events.length > 0) this.write(insertEvents(this.tx, this.#events));
    this.#events = [];
  }

  /** What was said to a stream, in order. */
  saidTo(stream: string): ChangeBody[] {
    return this.#entries.filter((entry) => entry.stream === stream).map(({ body }) => body);
  }

  get branchesToDispatch(): string[] {
    return [...this.#dispatches].toSorted();
  }

  /** The end of the transaction: lines of timelines, wished looks, the changes, a command's answer. Nothing may follow but COMMIT. */
  seal(answer: CommandRow | null): Promise<StreamPosition[]> {
    const sealed = { events: this.#events, looks: this.branchesToDispatch, now: this.now, entries: this.#entries };
    return answer ? sealCommand(this.tx, sealed, answer) : sealWork(this.tx, sealed);
  }
}

/** What a transaction does. `answerOf` makes the answer that is kept with it. */
export interface Task<Result> {
  act: (work: Work) => Promise<Result>;
  answerOf?: (result: Result, work: Work) => CommandRow | null;
}

export interface Finished<Result> {
  result: Result;
  positions: StreamPosition[];
}

/**
 * Runs `act` in one transaction, seals it, and after the commit tells the hub and the dispatcher. What `act` throws rolls
 * everything back.
 */
export async function runWork<Result>(context: WorkContext, act: Task<Result>['act']): Promise<Finished<Result>> {
  return tell(context, await transact(context.store.db, stepsOf(context, { act })));
}

/**
 * Runs tasks in their order, each as `runWork` in a transaction of its own, none of which commits before `done` was told of the
 * one before it. They share a connection: it ends early, with the rest undone, when others wait for one. The first that fails
 * is thrown, and ends it too.
 */
export function runInTurn<Result>(
  context: WorkContext,
  tasks: Iterable<Task<Result>>,
  done: (each: Finished<Result>) => void,
): Promise<void> {
  const { db, pool } = context.store;
  const steps = function* () {
    let isFirst = true;
    for (const task of tasks) {
      if (!isFirst && pool.waitingCount > 0) return;
      isFirst = false;
      yield stepsOf(context, task);
    }
  };
  return transactInTurn(db, steps(), (committed) => done(tell(context, committed)));
}

const stepsOf = <Result>({ clock }: WorkContext, { act, answerOf }: Task<Result>) => ({
  act: async (tx: Writer) => {
    const work = new Work(tx, clock());
    return { result: await act(work), work };
  },
  seal: (_tx: Writer, { result, work }: { result: Result; work: Work }) => work.seal(answerOf?.(result, work) ?? null),
});

/** Says what has been committed. */
function tell<Result>(
  { hub, dispatcher }: WorkContext,
  { result: { result, work }, sealed: positions }: { result: { result: Result; work: Work }; sealed: StreamPosition[] },
): Finished<Result> {
  hub.announce(positions.map((position) => ({ ...position, bodies: work.saidTo(position.stream) })));
  for (const branchId of work.branchesToDispatch) dispatcher.trigger(branchId);
  return { result, positions };
}
