import { z } from 'zod';
import { MARK_LENGTH } from '../protocol/commands/mark-commands.ts';
import { AttentionId, TermsId } from '../protocol/ids.ts';
import { MAXIMUM_MESSAGE } from '../protocol/video/message.ts';
import { MAXIMUM_TERMS_TEXT, MAXIMUM_TERMS_TITLE } from '../protocol/video/consent.ts';

// What is too long to be sent is kept all the same: the agent shortens it.
const room = (length: number) => length * 4;

/**
 * What an agent has begun to write in a video, beside the note: kept sealed on this desk until it is sent or deleted. One of each
 * kind on a ticket.
 */
export const Writing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mark'),
    attentionId: AttentionId,
    /** When its first letter was written, in ms since the beginning of the attention. */
    momentMs: z.int().nonnegative(),
    text: z.string().max(room(MARK_LENGTH)),
  }),
  z.strictObject({
    kind: z.literal('terms'),
    /** The template that it was made of; null for a text without template. */
    termsId: TermsId.nullable(),
    title: z.string().max(room(MAXIMUM_TERMS_TITLE)),
    text: z.string().max(room(MAXIMUM_TERMS_TEXT)),
  }),
  /** In the chat. */
  z.strictObject({ kind: z.literal('message'), text: z.string().max(room(MAXIMUM_MESSAGE)) }),
]);
export type Writing = z.infer<typeof Writing>;

export const WritingKind = z.enum(['mark', 'terms', 'message']);
export type WritingKind = z.infer<typeof WritingKind>;
export type WritingOf<Kind extends WritingKind> = Extract<Writing, { kind: Kind }>;
