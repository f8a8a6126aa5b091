import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Act } from '../../bridge/act.ts';
import type { OutboxItem, TicketView } from '../../bridge/facts.ts';
import { needsLine } from '../../domain/commands/needs-line.ts';
import { displayName } from '../../domain/names/display-name.ts';
import { formatTurnCode } from '../../domain/turn-code/turn-code.ts';
import type { AgentCommand, CommandBody } from '../../protocol/commands/agent-command.ts';
import type { ContactMatch } from '../../protocol/contact.ts';
import type { AgentId, CommandId, ContactId, SessionId, TicketId } from '../../protocol/ids.ts';
import type { TakenNumber } from '../cache/blocks-repository.ts';
import type { OutboxEntry } from '../cache/outbox-entry.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import type { Working } from '../session/session-fact.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import { commandOfAct } from './command-of-act.ts';
import type { Delivery } from './delivery.ts';
import type { NumberSupply } from './number-supply.ts';

type Subject = OutboxItem['subject'];

export interface PerformOptions {
  store: StoreClient;
  log: Logger;
  clock: ServerClock;
  delivery: Delivery;
  numbers: NumberSupply;
  working: () => Working | null;
  /** Null while nobody works here. */
  sessionId: () => SessionId | null;
  isLineUp: () => boolean;
  /** Whether a ticket is being called or attended here now. */
  hasAttention: () => Promise<boolean>;
  /** A customer as the last searches showed them. */
  matchOf: (id: ContactId) => ContactMatch | null;
  /** Resolves once the screen shows what the store has by now. */
  shown: () => Promise<void>;
  /** Waits a little for a ticket that the server has just made to come down the stream; null when it does not. */
  arrivalOf: (id: TicketId) => Promise<TicketView | null>;
}

type Row = Pick<OutboxEntry, 'act' | 'subject'> & { taken: TakenNumber | null; replaced: readonly CommandId[] };

/** An act that has passed its checks here. */
interface Checked {
  body: CommandBody;
  subject: Subject;
  /** What must be sent now; null when it stands in the outbox. */
  direct: AgentCommand | null;
  /** Keeps the command in the outbox instead; null where it may not wait. */
  keep: (() => Promise<void>) | null;
}

/** What an agent's act leads to: a row in the outbox, or a delivery whose answer is waited for. */
export function createPerformer(options: PerformOptions) {
  const { store, clock, delivery } = options;

  const commandFor = (working: Working, body: CommandBody, occurredAt: number | null): AgentCommand => {
    const sessionId = options.sessionId();
    if (!sessionId) throw new DeskError('UNAUTHENTICATED');
    return { id: uuidv7() as CommandId, authorId: working.agent.id, sessionId, occurredAt, body };
  };

  const queue = async (working: Working, command: AgentCommand, rest: Row): Promise<void> => {
    const now = clock.now();
    const { agent, branch, module } = working;
    const entry: OutboxEntry = {
      pending: {
        command: { ...command, occurredAt: now },
        actedAt: now,
        authorName: `${agent.firstName} ${agent.lastName}`.trim(),
        branchId: branch.id,
        moduleId: module.id,
        moduleName: module.name,
        block: rest.taken && { businessDay: rest.taken.block.businessDay, letter: rest.taken.block.letter },
        match: matchIn(command.body, options.matchOf),
      },
      act: rest.act,
      subject: rest.subject,
    };
    await store.ask('outbox.add', entry, rest.replaced);
    delivery.queued();
    await options.shown();
  };

  const requireWorking = (): Working => {
    const working = options.working();
    if (!working) throw new DeskError('UNAUTHENTICATED');
    return working;
  };

  const viewFor = async (act: Act): Promise<TicketView | null> => {
    if (!('ticketId' in act)) return null;
    const view = await store.ask('desk.ticket', act.ticketId);
    if (!view) throw new DeskError('NOT_FOUND', { field: 'ticketId' });
    return view;
  };

  const serviceKindOf = (working: Working, act: Act, view: TicketView | null) => {
    // Of a service of the counter too, once its customer has passed to the video (SPEC PT1).
    if (view?.header.kind === 'virtual') return 'video';
    const id = act.type === 'ticket.attendNow' ? act.serviceId : view?.header.serviceId;
    return working.services.find((service) => service.id === id)?.kind ?? null;
  };

  // "Atender ahora" is on its way to the server: nobody else is attended meanwhile.
  let isAttendingNow = false;

  /** What is known to be refused is refused before it costs a number or a row. */
  const refuseHere = async (working: Working, act: Act, view: TicketView | null): Promise<void> => {
    const isVideo = serviceKindOf(working, act, view) === 'video';
    if (act.type === 'ticket.attendNow' && isVideo && !options.isLineUp()) throw new DeskError('NEEDS_LINE');
    if (act.type === 'ticket.attendNow' && (isAttendingNow || (await options.hasAttention()))) {
      throw new DeskError('BUSY_AGENT');
    }
    if (act.type === 'attention.finish' && view?.header.state !== 'attending') throw new DeskError('WRONG_STATE');
  };

  /** Checks an act and queues it where it need not be sent now. */
  const checkAndQueue = async (act: Act, replaced: readonly CommandId[]): Promise<Checked> => {
    const working = requireWorking();
    const view = await viewFor(act);
    await refuseHere(working, act, view);
    const taken = act.type === 'ticket.attendNow' ? await options.numbers.take(working, act.serviceId) : null;
    const context = { agentId: working.agent.id, branchId: working.branch.id, header: view?.header ?? null, taken };
    const body = commandOfAct(act, context);
    const subject = subjectOf(body, view, taken, options.matchOf);
    const mayWait = !needsLine(body, serviceKindOf(working, act, view));
    // With the line up a message is as safe as a note: it goes at once, and what the line loses is still there (SPEC CH2).
    const isKept = mayWait || (body.type === 'message.send' && options.isLineUp());
    const command = commandFor(working, body, null);
    const row = { act, subject, taken, replaced };
    const keep = isKept && store.report.hasSafeStore ? () => queue(working, command, row) : null;
    if (taken) void options.numbers.ensure();
    // With the line up the server may know of another ticket in hand (SPEC TK12): then its word is waited for.
    if (keep && !(body.type === 'ticket.attendNow' && options.isLineUp())) {
      await keep();
      return { body, subject, direct: null, keep };
    }
    if (!options.isLineUp()) throw new DeskError(mayWait ? 'NO_SAFE_STORE' : 'NEEDS_LINE');
    if (body.type === 'ticket.attendNow') isAttendingNow = true;
    return { body, subject, direct: command, keep };
  };

  /** The server has what stands for them: a row that cannot be removed must not make the agent do it again. */
  const forgetReplaced = async (authorId: AgentId, replaced: readonly CommandId[]): Promise<void> => {
    try {
      await store.ask('outbox.discard', authorId, replaced);
      await options.shown();
    } catch (error) {
      options.log.error({ err: error }, 'what was corrected is still among what was refused');
    }
  };

  /** Waits for the server's word. What may wait is kept for later when none comes: the customer stands there. */
  const send = async ({ body, keep }: Checked, direct: AgentCommand, replaced: readonly CommandId[]): Promise<void> => {
    try {
      await delivery.sendDirect(direct);
    } catch (error) {
      const isLost = error instanceof DeskError && (error.code === 'UNKNOWN_OUTCOME' || error.code === 'NEEDS_LINE');
      if (!keep || !isLost) throw error;
      // Under the same id: the server does it once, though it may have got it before.
      return keep();
    }
    if (replaced.length > 0) await forgetReplaced(direct.authorId, replaced);
    if (body.type !== 'ticket.attendNow') return;
    await options.arrivalOf(body.ticketId);
    await options.shown();
  };

  // One act at a time: the next is checked against what the one before has queued.
  let lastChecked: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(step: () => Promise<Result>): Promise<Result> => {
    const result = lastChecked.then(step);
    lastChecked = result.catch(() => undefined);
    return result;
  };

  return {
    /** `replaced`: refused rows that this act stands for; they go once it is in the outbox or the server has it. */
    perform: async (
      act: Act,
      replaced: readonly CommandId[] = [],
    ): Promise<{ ticketId: TicketId | null; turnCode: string | null }> => {
      const checked = await inTurn(() => checkAndQueue(act, replaced));
      const { body, subject, direct } = checked;
      const { ticketId, turnCode } = subject;
      if (!direct) return { ticketId, turnCode };
      try {
        await send(checked, direct, replaced);
      } finally {
        if (body.type === 'ticket.attendNow') isAttendingNow = false;
      }
      if (body.type !== 'ticket.create') return { ticketId, turnCode };
      const made = await options.arrivalOf(body.ticketId);
      return { ticketId, turnCode: made?.header.turnCode ?? null };
    },
    /** What the desk itself says about an attention; it needs the line and is never queued. */
    say: async (body: CommandBody): Promise<void> => {
      await delivery.sendDirect(commandFor(requireWorking(), body, null));
    },
    /** What the desk itself does in the agent's name and may wait; where nothing may be kept, it is said now or not at all. */
    queueOwn: async (body: CommandBody): Promise<void> => {
      if (!store.report.hasSafeStore) {
        if (options.isLineUp()) await delivery.sendDirect(commandFor(requireWorking(), body, null));
        return;
      }
      const subject = { ticketId: null, turnCode: null, name: null };
      const working = requireWorking();
      await queue(working, commandFor(working, body, null), { act: null, subject, taken: null, replaced: [] });
    },
  };
}

export type Performer = ReturnType<typeof createPerformer>;

function matchIn(body: CommandBody, matchOf: PerformOptions['matchOf']): ContactMatch | null {
  return 'customer' in body && body.customer.type === 'existing' ? matchOf(body.customer.contactId) : null;
}

function subjectOf(
  body: CommandBody,
  view: TicketView | null,
  taken: TakenNumber | null,
  matchOf: PerformOptions['matchOf'],
): Subject {
  if (view) return { ticketId: view.header.id, turnCode: view.header.turnCode, name: view.header.displayName };
  if (body.type !== 'ticket.attendNow' && body.type !== 'ticket.create') {
    return { ticketId: null, turnCode: null, name: null };
  }
  const { customer, ticketId } = body;
  const name =
    customer.type === 'new'
      ? displayName(customer.contact.firstName ?? '', customer.contact.lastName ?? '')
      : (matchIn(body, matchOf)?.name ?? null);
  return { ticketId, turnCode: taken && formatTurnCode(taken.block.letter, taken.turn), name };
}
