/** Kind of a row of `writings` that an older desk kept elsewhere, sealed as it was: a text that was begun in a chat. */
export const EARLIER_MESSAGE = 'messageDraft';

/** Where a sealed row of `writings` belongs. */
export function writingPlace(agentId: string, ticketId: string, kind: string): string {
  return kind === EARLIER_MESSAGE ? `message draft ${agentId} ${ticketId}` : `writing ${agentId} ${ticketId} ${kind}`;
}
