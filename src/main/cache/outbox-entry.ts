import { z } from 'zod';
import { Act } from '../../bridge/act.ts';
import { OutboxItem } from '../../bridge/facts.ts';
import type { PendingCommand } from '../../domain/pending/pending-command.ts';
import { AgentCommand } from '../../protocol/commands/agent-command.ts';
import { ContactMatch } from '../../protocol/contact.ts';
import { ErrorBody } from '../../protocol/error-codes.ts';
import { BranchId, ModuleId } from '../../protocol/ids.ts';
import { BusinessDay, Instant } from '../../protocol/instant.ts';

/** What a row of the outbox holds: the command, what the screen needs to show its effect, and what the agent did. */
export const OutboxEntry = z.object({
  pending: z.object({
    command: AgentCommand,
    actedAt: Instant,
    authorName: z.string(),
    branchId: BranchId,
    moduleId: ModuleId,
    moduleName: z.string(),
    block: z.object({ businessDay: BusinessDay, letter: z.string() }).nullable(),
    match: ContactMatch.nullable(),
  }),
  /** Null for what the desk did by itself; it is never shown in "No enviado". */
  act: Act.nullable(),
  subject: OutboxItem.shape.subject,
}) satisfies z.ZodType<{ pending: PendingCommand }>;
export type OutboxEntry = z.infer<typeof OutboxEntry>;

/** A row that the server refused, kept for the agent ("No enviado"). */
export const RefusedEntry = OutboxEntry.extend({ error: ErrorBody });
export type RefusedEntry = z.infer<typeof RefusedEntry>;

/** A row that the server did not apply, because something newer had happened. */
export interface SupersededRow {
  subject: OutboxEntry['subject'];
  type: AgentCommand['body']['type'];
}
