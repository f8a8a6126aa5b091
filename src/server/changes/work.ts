import { v7 as uuidv7 } from 'uuid';
import type { ChangeBody } from '../../protocol/change.ts';
import type { CommandResult, StreamPosition } from '../../protocol/commands/agent-command.ts';
import type { TicketEvent, TicketFact } from '../../protocol/event.ts';
import { writeChanges, type ChangeEntry } from '../store/change-rows.ts';
import { writeChangesAndAnswer, writeChangesAndAnswers, type CommandRow } from '../store/command-rows.ts';
import type { Store } from '../store/connect.ts';
import type { Writer } from '../store/database.ts';
import { wishLook } from '../store/due-rows.ts';
import { insertEvent } from '../store/event-rows.ts';
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

/** One transaction in the making: rows are written as it goes, changes are gathered for its end. */
export class Work {
  readonly tx: Writer;
  readonly now: number;
  readonly #entries: ChangeEntry[] = [];
  readonly #dispatches = new Set<string>();

  constructor(tx: Writer, now: number) {
    this.tx = tx;
    this.now = now;
  }

  /** Says a change to a stream. */
  say(kind: StreamKind, id: string, body: ChangeBody): void {
    this.#entries.push({ stream: `${kind}:${id}`, rank: rankOf(kind), body });
  }

  /** Asks that the branch's line be looked at again once this has committed. */
  dispatch(branchId: string): void {
    this.#dispatches.add(branchId);
  }

  /** Writes a line of the ticket's timeline and returns it as the streams say it. */
  async record(
    ticket: { id: string; branchId: string; companyId: string },
    actor: Actor,
    fact: TicketFact,
    time: ActTime = { occurredAt: this.now, isSuspect: false },
  ): Promise<TicketEvent> {
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
    await insertEvent(this.tx, ticket, event);
    return event;
  }

  /** How many changes were said so far. */
  get said(): number {
    return this.#entries.length;
  }

  /** The streams that they go to. */
  get streams(): string[] {
    return [...new Set(this.#entries.map(({ stream }) => stream))];
  }

  get branchesToDispatch(): string[] {
    return [...this.#dispatches].toSorted();
  }

  /** The end of the transaction: wished looks, then the changes and a command's answer. Nothing may follow but COMMIT. */
  async seal(answer: CommandRow | null): Promise<StreamPosition[]> {
    await this.#wishLooks();
    return answer ? writeChangesAndAnswer(this.tx, this.#entries, answer) : writeChanges(this.tx, this.#entries);
  }

  /** The same for several commands. `until`: what had been said when the command was done. */
  async sealAll(answers: readonly { row: CommandRow; until: number }[]): Promise<CommandResult[]> {
    await this.#wishLooks();
    return answers.length === 0 ? [] : writeChangesAndAnswers(this.tx, this.#entries, answers);
  }

  async #wishLooks(): Promise<void> {
    for (const branchId of this.branchesToDispatch) await wishLook(this.tx, branchId, this.now);
  }
}

/**
 * Runs `act` in one transaction, seals it, and after the commit tells the hub and the dispatcher. What `act` throws rolls
 * everything back. `answerOf` makes the answer that is kept with it.
 */
export async function runWork<Result>(
  context: WorkContext,
  act: (work: Work) => Promise<Result>,
  answerOf?: (result: Result, work: Work) => CommandRow | null,
): Promise<{ result: Result; positions: StreamPosition[] }> {
  const done = await context.store.db.transaction().execute(async (tx) => {
    const work = new Work(tx, context.clock());
    const result = await act(work);
    const positions = await work.seal(answerOf?.(result, work) ?? null);
    return { result, positions, branches: work.branchesToDispatch };
  });
  context.hub.announce(done.positions.map((position) => position.stream));
  for (const branchId of done.branches) context.dispatcher.trigger(branchId);
  return { result: done.result, positions: done.positions };
}

/** The same for several commands in one transaction: all of them or none. `act` gives their answers, in their order. */
export async function runTogether(
  context: WorkContext,
  act: (work: Work) => Promise<readonly { row: CommandRow; until: number }[]>,
): Promise<CommandResult[]> {
  const done = await context.store.db.transaction().execute(async (tx) => {
    const work = new Work(tx, context.clock());
    const results = await work.sealAll(await act(work));
    return { results, streams: work.streams, branches: work.branchesToDispatch };
  });
  context.hub.announce(done.streams);
  for (const branchId of done.branches) context.dispatcher.trigger(branchId);
  return done.results;
}
