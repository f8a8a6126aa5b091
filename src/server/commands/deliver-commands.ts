import { createHash } from 'node:crypto';
import { needsLine } from '../../domain/commands/needs-line.ts';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import { runInTurn, type ActTime, type Task, type Work } from '../changes/work.ts';
import { ownTicket } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readDelivery, type DeliveringAuthor } from '../store/author-rows.ts';
import { readCommand, type CommandRow } from '../store/command-rows.ts';
import { lockStatuses, lockStatusesFor, type StatusRow } from '../store/status-rows.ts';
import { hasStatus } from '../store/offer-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { brokenUnique } from '../store/unique-violation.ts';
import { handleCommand } from './command-handlers.ts';
import { judgeAuthor } from './judge-author.ts';
import { readAhead } from './read-ahead.ts';

export interface DeliveringDevice {
  id: string;
  companyId: string;
}

/** Makes the error of a refusal in the words of whoever reads the answer. */
export type DescribeRefusal = (refusal: Refusal) => ErrorBody;

type Envelope = Pick<CommandRow, 'id' | 'authorId' | 'deviceId' | 'sessionId' | 'bodyHash'>;
type Done = { known: CommandResult } | { status: 'accepted' | 'superseded'; time: ActTime };

/** What a desk names and somebody may have named before, by the constraint that says so. */
const NAMED_BY_DESKS: Record<string, string> = {
  ticket_pkey: 'ticketId',
  attention_pkey: 'attentionId',
  contact_pkey: 'contactId',
  event_pkey: 'id',
  message_pkey: 'id',
  ticket_company_id_number_key: 'number',
  ticket_branch_id_business_day_turn_code_key: 'turn',
  transfer_offer_pkey: 'offerId',
};

/** Each command has one answer. */
const ANSWERED = 'command_pkey';

/**
 * Does the commands in their order, each in a transaction of its own. Redelivery has one effect and the same answer
 * (trust R9). A refusal is an answer and does not hold up the rest (trust R5); a fault of the server is thrown: what was
 * answered stays done, the rest is delivered again.
 */
export async function deliverCommands(
  context: ServerContext,
  device: DeliveringDevice,
  commands: AgentCommand[],
  describe: DescribeRefusal,
): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  while (results.length < commands.length) {
    const [next, ...others] = commands.slice(results.length);
    if (!next) break;
    try {
      if (isTake(next)) results.push(await deliverTake(context, device, next));
      else {
        const takeAt = others.findIndex(isTake);
        const run = [next, ...(takeAt === -1 ? others : others.slice(0, takeAt))];
        await deliverInTurn(context, device, run, (result) => results.push(result));
      }
    } catch (error) {
      const failed = commands[results.length];
      if (!failed) throw error;
      results.push(await answerFailed(context, device, failed, error, describe));
    }
  }
  return results;
}

type Take = AgentCommand & { body: { type: 'ticket.call' } };

const isTake = (command: AgentCommand): command is Take => command.body.type === 'ticket.call';

function envelopeOf(device: DeliveringDevice, { id, authorId, sessionId, body }: AgentCommand): Envelope {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([authorId, sessionId, body]))
    .digest();
  return { id, authorId, deviceId: device.id, sessionId, bodyHash };
}

/** The answer of a command that did not happen. What is none is thrown. */
async function answerFailed(
  context: ServerContext,
  device: DeliveringDevice,
  command: AgentCommand,
  error: unknown,
  describe: DescribeRefusal,
): Promise<CommandResult> {
  const { id } = command;
  const envelope = envelopeOf(device, command);
  const wasAnswered = brokenUnique(error) === ANSWERED;
  const refusal = wasAnswered ? new Refusal('KEY_REUSED', { field: 'id' }) : refusalOf(error);
  if (!refusal) throw error;
  const answer: CommandResult = { id, status: 'refused', error: describe(refusal) };
  if (wasAnswered) return (await answerOf(context, envelope)) ?? answer;
  // What may not be delivered at all leaves no trace: its id stays free for its owner.
  const { code, details } = refusal;
  if (code === 'FORBIDDEN' || code === 'KEY_REUSED' || details.field === 'sessionId') return answer;
  // A refused act did not happen: it must not hold back the hours of those that did.
  const row = { ...envelope, occurredAt: 0, isSuspect: false, receivedAt: context.clock(), answer };
  const isKept = await context.refusals.keep(row);
  return isKept ? answer : ((await answerOf(context, envelope)) ?? answer);
}

/** Does commands in their order, each in a transaction, up to the first that fails, which is thrown, or less when others wait. */
function deliverInTurn(
  context: ServerContext,
  device: DeliveringDevice,
  commands: AgentCommand[],
  answered: (result: CommandResult) => void,
): Promise<void> {
  const tasks = function* (): Generator<Task<{ command: AgentCommand; done: Done }>> {
    for (const command of commands) {
      const envelope = envelopeOf(device, command);
      yield {
        act: async (work) => ({ command, done: await act(work, device, command, envelope.bodyHash) }),
        answerOf: ({ done }, { now }) => (isKnown(done) ? null : rowOf(envelope, done, now, command)),
      };
    }
  };
  return runInTurn(context, tasks(), ({ result: { command, done }, positions }) =>
    answered(isKnown(done) ? done.known : { id: command.id, status: done.status, positions }),
  );
}

/** A take, one at a time of each ticket in this process (`Takes`). */
async function deliverTake(context: ServerContext, device: DeliveringDevice, command: Take): Promise<CommandResult> {
  const { ticketId } = command.body;
  for (;;) {
    const end = await context.takes.enter(ticketId);
    if (!end) {
      const answer = await comeTooLate(context, device, command);
      if (answer) return answer;
      continue;
    }
    let isTaken = false;
    try {
      const results: CommandResult[] = [];
      await deliverInTurn(context, device, [command], (result) => results.push(result));
      const [result] = results;
      if (!result) throw new Error('a take without an answer');
      isTaken = result.status === 'accepted';
      return result;
    } catch (error) {
      isTaken = error instanceof Refusal && error.code === 'ALREADY_HELD';
      throw error;
    } finally {
      end(isTaken);
    }
  }
}

/**
 * A take of what somebody has just taken: refused as behind the lock, if the author may know of the ticket, without a transaction.
 * Null when nobody holds it any more.
 */
async function comeTooLate(
  { store: { db }, clock }: ServerContext,
  device: DeliveringDevice,
  command: Take,
): Promise<CommandResult | null> {
  const now = clock();
  const { bodyHash } = envelopeOf(device, command);
  const { id: commandId, authorId: agentId, sessionId } = command;
  const [found, ticket] = await Promise.all([
    readDelivery(db, { commandId, agentId, deviceId: device.id, sessionId, actedAt: now }, now),
    readTicket(db, device.companyId, command.body.ticketId),
  ]);
  const judged = judgeAuthor(found, device, command, { bodyHash, now });
  if ('known' in judged) return judged.known;
  requireSeat(judged.agent);
  const { holder } = ownTicket(judged.agent, ticket).header;
  if (holder) throw new Refusal('ALREADY_HELD', { values: { holder: holder.agentName } });
  return null;
}

/** What the very same command got, delivered twice at once; null: it was another of this id. */
async function answerOf({ store }: ServerContext, { id, bodyHash }: Envelope): Promise<CommandResult | null> {
  const known = await readCommand(store.db, id);
  return known?.bodyHash.equals(bodyHash) ? known.answer : null;
}

const isKnown = (done: Done): done is { known: CommandResult } => 'known' in done;

const rowOf = (
  envelope: Envelope,
  { status, time }: Exclude<Done, { known: CommandResult }>,
  receivedAt: number,
  { id }: AgentCommand,
): CommandRow => ({ ...envelope, ...time, receivedAt, answer: { id, status, positions: [] } });

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const field = NAMED_BY_DESKS[brokenUnique(error) ?? ''];
  return field === undefined ? null : new Refusal('KEY_REUSED', { field });
}

async function act(work: Work, device: DeliveringDevice, command: AgentCommand, bodyHash: Buffer): Promise<Done> {
  const { authorId, body } = command;
  const lockedAgents = new Set<string>([authorId]);
  if (body.type === 'ticket.free') {
    const ticket = await readTicket(work.tx, device.companyId, body.ticketId);
    if (ticket?.header.holder) lockedAgents.add(ticket.header.holder.agentId);
  }
  if (body.type === 'transfer.offer' && (await hasStatus(work.tx, device.companyId, body.agentId))) {
    lockedAgents.add(body.agentId);
  }
  const claimedAt = command.occurredAt;
  const isOfNow = needsLine(body, null);
  // An hour to come is not believed.
  const actedAt = isOfNow || claimedAt === null ? work.now : Math.min(claimedAt, work.now);
  const [found, ahead] = await Promise.all([
    lockAuthor(work, device, command, { lockedAgents: [...lockedAgents], actedAt }),
    readAhead(work.tx, device.companyId, command, work.now),
  ]);
  const judged = judgeAuthor(found, device, command, { bodyHash, now: work.now });
  if ('known' in judged) return judged;
  const { agent, time } = judged;
  // Not believed, it counts from now.
  const seat = time.isSuspect ? agent.seat : agent.seatThen;
  if (isOfNow) requireSeat(agent);
  const author = { ...agent, ...seat };
  const isQueued = claimedAt !== null;
  const actor = { agentId: authorId, agentName: author.name, eventId: eventIdOf(command.id) };
  const status = await handleCommand(
    { work, author, actor, inHandId: agent.inHandId, ...ahead, time, isQueued, lockedAgents },
    body,
  );
  return { status, time };
}

/** An act that needs the line belongs to a session that is open and sits somewhere. */
function requireSeat({ hasSession, seat }: DeliveringAuthor): void {
  if (!hasSession || seat.branchId === null) throw new Refusal('SESSION_EXPIRED');
}

/**
 * Locks the statuses of whom a command concerns, and reads its author behind the lock: of two deliveries of one command the
 * second finds the answer of the first. Null for an author who never was at this desk: nobody is locked for them.
 */
async function lockAuthor(
  work: Work,
  device: DeliveringDevice,
  { id: commandId, authorId: agentId, sessionId }: AgentCommand,
  { lockedAgents, actedAt }: { lockedAgents: string[]; actedAt: number },
): Promise<DeliveringAuthor | null> {
  const remember = (rows: Map<string, StatusRow>): void => {
    for (const [id, { status }] of rows) work.statuses.set(id, status);
  };
  const read = () => readDelivery(work.tx, { commandId, agentId, deviceId: device.id, sessionId, actedAt }, work.now);
  const [known, agent] = await Promise.all([
    lockStatusesFor(work.tx, { agentId, deviceId: device.id }, lockedAgents),
    read(),
  ]);
  if (!agent || known.size === lockedAgents.length) {
    remember(known);
    return agent;
  }
  remember(await lockStatuses(work.tx, lockedAgents, work.now));
  return read();
}
