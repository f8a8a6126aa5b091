import type { AgentCommand } from '../../protocol/commands/agent-command.ts';
import type { ContactMatch } from '../../protocol/contact.ts';
import type { BranchId, ModuleId } from '../../protocol/ids.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { NumberBlock } from '../../protocol/number-block.ts';

/** A command that waits for the server's answer, with what the screen needs to show its effect. */
export interface PendingCommand {
  command: AgentCommand;
  /** When the agent acted, by the desk's best knowledge of the server's time. */
  actedAt: Instant;
  authorName: string;
  /** Where the author sat. */
  branchId: BranchId;
  moduleId: ModuleId;
  moduleName: string;
  /** The block whose number `ticket.attendNow` took; null for other commands. */
  block: Pick<NumberBlock, 'businessDay' | 'letter'> | null;
  /** The known customer that `ticket.attendNow` or `contact.link` names, as the search showed them; else null. */
  match: ContactMatch | null;
}
