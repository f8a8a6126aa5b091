import type { Writing, WritingKind, WritingOf } from '../../bridge/writing.ts';
import type { TicketId } from '../../protocol/ids.ts';
import type { DeskState } from './create-desk-store.ts';

/** What the agent has begun to write on a ticket: what this window has, else what the desk keeps; null for nothing. */
export function keptWriting<Kind extends WritingKind>(
  { writings, current, handled }: Pick<DeskState, 'writings' | 'current' | 'handled'>,
  ticketId: TicketId,
  kind: Kind,
): WritingOf<Kind> | null {
  const isOfKind = (writing: Writing): writing is WritingOf<Kind> => writing.kind === kind;
  const here = writings[`${kind} ${ticketId}`];
  if (here) return here.writing !== null && isOfKind(here.writing) ? here.writing : null;
  if (current?.ticket?.header.id === ticketId) return current.writings.find(isOfKind) ?? null;
  return (
    handled?.writings
      .filter((each) => each.ticketId === ticketId)
      .map(({ writing }) => writing)
      .find(isOfKind) ?? null
  );
}
