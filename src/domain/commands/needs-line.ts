import { QueueableBody } from '../../protocol/commands/agent-command.ts';
import type { CommandBody, CommandType } from '../../protocol/commands/agent-command.ts';
import type { ServiceKind } from '../../protocol/office.ts';

const queueableTypes: ReadonlySet<CommandType> = new Set(
  QueueableBody.options.map((option) => option.shape.type.value),
);

/**
 * Whether this act needs the server's word and is refused at the desk while the line is down [CM1].
 * `serviceKind`: of the service that is attended, null for an act that attends nobody. A video lives on the line: it can
 * neither be attended nor finished without it.
 */
export function needsLine(body: CommandBody, serviceKind: ServiceKind | null): boolean {
  if (!queueableTypes.has(body.type)) return true;
  return serviceKind === 'video' && (body.type === 'attention.finish' || body.type === 'ticket.attendNow');
}
