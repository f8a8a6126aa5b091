import type { AttentionId, CommandId, EventId } from '../../protocol/ids.ts';

/**
 * The id of an event that a desk can foresee [PD4]: a command's event has the id of the command; "Atender ahora" makes two,
 * `ticket.created` with the id of the command and `ticket.attended` with that of the attention. Server and desk name them
 * alike, so that a timeline that has both the pending line and the stored one shows one line.
 */
export function eventIdOf(cause: CommandId | AttentionId): EventId {
  return cause as string as EventId;
}
