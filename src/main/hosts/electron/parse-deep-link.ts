import { TicketId } from '../../../protocol/ids.ts';

export const LINK_SCHEME = 'ventanilla';

/** What a link from outside asks for. It only ever shows something: whatever act its words name is not done. */
export interface DeepLink {
  /** Null: the link names no ticket; the window is shown and nothing more. */
  ticketId: TicketId | null;
}

/** `ventanilla://ticket/<id>`, and whatever has an `id` in its query. */
const SHAPES = [
  /^ventanilla:\/\/ticket\/([0-9a-f-]{36})\/?$/i,
  /^ventanilla:\/\/[a-z.]{1,40}\/?\?id=([0-9a-f-]{36})$/i,
];

/** Null when this is no link of ours. */
export function parseDeepLink(text: unknown): DeepLink | null {
  if (typeof text !== 'string' || !/^ventanilla:/i.test(text)) return null;
  const named = SHAPES.map((shape) => shape.exec(text)?.[1]).find((id) => id !== undefined);
  const id = TicketId.safeParse(named?.toLowerCase());
  return { ticketId: id.success ? id.data : null };
}

/** The link among the arguments that the system started us with, the last one if there are several. */
export function linkAmong(args: readonly string[]): DeepLink | null {
  return args.map(parseDeepLink).findLast((link) => link !== null) ?? null;
}
