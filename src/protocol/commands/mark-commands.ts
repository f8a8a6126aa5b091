import { z } from 'zod';
import { AttentionId, TicketId } from '../ids.ts';
import { requiredText } from '../text.ts';

/** Letters of a mark: one line. */
export const MARK_LENGTH = 300;

/** What a mark says, and of which moment of which attention. */
export const markFields = {
  ticketId: TicketId,
  attentionId: AttentionId,
  /** Whole ms from the beginning of the attention to when the agent began to write. */
  momentMs: z.int().nonnegative(),
  text: requiredText(MARK_LENGTH),
};

/** "Tag" (S2-45): a comment bound to a moment of a call. As a note it changes nobody's state, and may wait for the line. */
export const MarkAdd = z.strictObject({ type: z.literal('mark.add'), ...markFields });
