import { needsLine } from '../../domain/commands/needs-line.ts';
import { judgeOccurredAt } from '../../domain/occurred-at/judge-occurred-at.ts';
import { eventIdOf } from '../../domain/ticket/event-id-of.ts';
import type { AgentCommand, CommandResult } from '../../protocol/commands/agent-command.ts';
import { runTogether, type Work } from '../changes/work.ts';
import { Refusal } from '../policies/refusal.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readAuthor, readSeats } from '../store/author-rows.ts';
import { lockCommands, readPreviousActAt, type CommandRow } from '../store/command-rows.ts';
import { lockStatuses } from '../store/status-rows.ts';
import { envelopeOf, type DeliveringDevice } from './command-envelope.ts';
import { handleCommand } from './command-handlers.ts';

/** The author and their tickets are locked so long: others wait for as many commands at most. */
const MOST_TOGETHER = 50;

/** What was done without the line by one author in one session, as it follows on each other; all else stands alone. */
export function groupCommands(commands: readonly AgentCommand[]): AgentCommand[][] {
  const groups: AgentCommand[][] = [];
  const ids = new Set<string>();
  for (const command of commands) {
    const group = groups.at(-1);
    const first = group?.[0];
    const isNext =
      group !== undefined &&
      group.length < MOST_TOGETHER &&
      first?.authorId === command.authorId &&
      first.sessionId === command.sessionId &&
      mayBeTogether(first) &&
      mayBeTogether(command) &&
      !ids.has(command.id);
    if (isNext) group.push(command);
    else groups.push([command]);
    ids.add(command.id);
  }
  return groups;
}

const mayBeTogether = ({ occurredAt, body }: AgentCommand): boolean => occurredAt !== null && !needsLine(body, null);

/**
 * Does the commands of one author and session in one transaction, in their order. Null where one of them is refused or fails:
 * nothing has happened then, and each is to be done by itself.
 */
export async function deliverTogether(
  context: ServerContext,
  device: DeliveringDevice,
  commands: readonly AgentCommand[],
): Promise<CommandResult[] | null> {
  const known = new Map<string, CommandResult>();
  try {
    const done = await runTogether(context, async (work) => {
      const envelopes = commands.map((command) => envelopeOf(device, command));
      const before = await lockCommands(
        work.tx,
        commands.map(({ id }) => id),
      );
      for (const { id, bodyHash } of envelopes) {
        const row = before.get(id);
        if (row && !row.bodyHash.equals(bodyHash)) throw new Refusal('KEY_REUSED', { field: 'id' });
        if (row) known.set(id, row.answer);
      }
      const fresh = commands.flatMap((command, at) => {
        const envelope = envelopes[at];
        return envelope && !known.has(command.id) ? [{ command, envelope }] : [];
      });
      return act(work, device, fresh);
    });
    const made = new Map(done.map((result) => [result.id as string, result]));
    return commands.map(({ id }) => {
      const answer = known.get(id) ?? made.get(id);
      if (!answer) throw new Error(`command ${id} has no answer`);
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Refusal)) context.log.info({ error }, 'commands of an outage are done one by one');
    return null;
  }
}

async function act(
  work: Work,
  device: DeliveringDevice,
  fresh: readonly { command: AgentCommand; envelope: ReturnType<typeof envelopeOf> }[],
): Promise<{ row: CommandRow; until: number }[]> {
  const first = fresh[0]?.command;
  if (!first) return [];
  const { authorId, sessionId } = first;
  const agent = await readAuthor(work.tx, { agentId: authorId, deviceId: device.id, sessionId }, work.now);
  if (!agent || agent.companyId !== device.companyId || agent.isDisabled) throw new Refusal('FORBIDDEN');
  if (agent.sessionId !== sessionId) throw new Refusal('NOT_FOUND', { field: 'sessionId' });
  await lockStatuses(work.tx, [authorId], work.now);
  const seatAt = await readSeats(work.tx, sessionId);
  const lockedAgents = new Set<string>([authorId]);
  let previousAt = Math.max(agent.sessionSince, (await readPreviousActAt(work.tx, { authorId, sessionId })) ?? 0);
  const answers: { row: CommandRow; until: number }[] = [];
  for (const { command, envelope } of fresh) {
    const { id, body } = command;
    const time = judgeOccurredAt({ claimedAt: command.occurredAt, previousAt, now: work.now });
    previousAt = Math.max(previousAt, time.occurredAt);
    const author = { ...agent, ...seatAt(time.occurredAt) };
    const actor = { agentId: authorId, agentName: author.name, eventId: eventIdOf(id) };
    const status = await handleCommand({ work, author, actor, time, isQueued: true, lockedAgents }, body);
    const row = { ...envelope, ...time, receivedAt: work.now, answer: { id, status, positions: [] } };
    answers.push({ row, until: work.said });
  }
  return answers;
}
