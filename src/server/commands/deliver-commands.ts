import { judgeOccurredAt } from '../../domain/occurred-at/judge-occurred-at.ts';
import { needsLine } from '../../domain/commands/needs-line.ts';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import type { ErrorBody } from '../../protocol/error-codes.ts';
import { runWork, type ActTime, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor, readSeatAt } from '../store/author-rows.ts';
import { insertCommand, lockCommand, readPreviousActAt, type CommandRow } from '../store/command-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { readTicket } from '../store/ticket-rows.ts';
import { brokenUnique } from '../store/unique-violation.ts';
import { envelopeOf, type DeliveringDevice, type Envelope } from './command-envelope.ts';
import { handleCommand } from './command-handlers.ts';
import { deliverTogether, groupCommands } from './deliver-together.ts';

/** Makes the error of a refusal in the words of whoever reads the answer. */
export type DescribeRefusal = (refusal: Refusal) => ErrorBody;

type Done = { known: CommandResult } | { status: 'accepted' | 'superseded'; time: ActTime };

/** What a desk names and somebody may have named before, by the constraint that says so. */
const NAMED_BY_DESKS: Record<string, string> = {
  ticket_pkey: 'ticketId',
  attention_pkey: 'attentionId',
  contact_pkey: 'contactId',
  event_pkey: 'id',
  ticket_company_id_number_key: 'number',
  ticket_branch_id_business_day_turn_code_key: 'turn',
};

/**
 * Does the commands in their order: those of an outage many in a transaction, all others each in one of its own. Redelivery has one effect and the same answer
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
  for (const group of groupCommands(commands)) {
    const together = group.length > 1 ? await deliverTogether(context, device, group) : null;
    if (together) results.push(...together);
    else for (const command of group) results.push(await deliverOne(context, device, command, describe));
  }
  return results;
}

async function deliverOne(
  context: ServerContext,
  device: DeliveringDevice,
  command: AgentCommand,
  describe: DescribeRefusal,
): Promise<CommandResult> {
  const { id } = command;
  const envelope = envelopeOf(device, command);
  try {
    const { result, positions } = await runWork(
      context,
      async (work): Promise<Done> => {
        const known = await knownAnswer(work, envelope);
        return known ? { known } : act(work, device, command);
      },
      (done, work) => (isKnown(done) ? null : rowOf(envelope, done, work.now, command)),
    );
    return isKnown(result) ? result.known : { id: command.id, status: result.status, positions };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const answer: CommandResult = { id, status: 'refused', error: describe(refusal) };
    // What may not be delivered at all leaves no trace: its id stays free for its owner.
    const { code, details } = refusal;
    if (code === 'FORBIDDEN' || code === 'KEY_REUSED' || details.field === 'sessionId') return answer;
    return keepRefusal(context, envelope, answer);
  }
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

/** The answer that this command got before. Waits for a delivery of the same id that is under way. */
async function knownAnswer(work: Pick<Work, 'tx'>, { id, bodyHash }: Envelope): Promise<CommandResult | null> {
  const known = await lockCommand(work.tx, id);
  if (known && !known.bodyHash.equals(bodyHash)) throw new Refusal('KEY_REUSED', { field: 'id' });
  return known?.answer ?? null;
}

async function act(
  work: Work,
  device: DeliveringDevice,
  command: AgentCommand,
): Promise<Exclude<Done, { known: CommandResult }>> {
  const { authorId, sessionId, body } = command;
  const agent = await readAuthor(work.tx, { agentId: authorId, deviceId: device.id, sessionId }, work.now);
  if (!agent || agent.companyId !== device.companyId || agent.isDisabled) throw new Refusal('FORBIDDEN');
  if (agent.sessionId !== sessionId) throw new Refusal('NOT_FOUND', { field: 'sessionId' });
  const lockedAgents = new Set<string>([authorId]);
  if (body.type === 'ticket.free') {
    const ticket = await readTicket(work.tx, agent.companyId, body.ticketId);
    if (ticket?.header.holder) lockedAgents.add(ticket.header.holder.agentId);
  }
  await lockStatuses(work.tx, [...lockedAgents], work.now);
  const time = judgeOccurredAt({
    claimedAt: command.occurredAt,
    previousAt: Math.max(agent.sessionSince, (await readPreviousActAt(work.tx, { authorId, sessionId })) ?? 0),
    now: work.now,
  });
  const isOfNow = needsLine(body, null);
  const seat = await readSeatAt(work.tx, sessionId, isOfNow ? work.now : time.occurredAt);
  if (isOfNow && !(agent.hasSession && seat.branchId)) throw new Refusal('SESSION_EXPIRED');
  const author = { ...agent, ...seat };
  const isQueued = command.occurredAt !== null;
  const actor = { agentId: authorId, agentName: author.name, eventId: eventIdOf(command.id) };
  const status = await handleCommand({ work, author, actor, time, isQueued, lockedAgents }, body);
  return { status, time };
}

async function keepRefusal(context: ServerContext, envelope: Envelope, answer: CommandResult): Promise<CommandResult> {
  return context.store.db.transaction().execute(async (tx) => {
    const known = await knownAnswer({ tx }, envelope);
    if (known) return known;
    // A refused act did not happen: it must not hold back the hours of those that did.
    await insertCommand(tx, { ...envelope, occurredAt: 0, isSuspect: false, receivedAt: context.clock(), answer });
    return answer;
  });
}
