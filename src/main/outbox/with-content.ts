import type { TicketView } from '../../bridge/facts.ts';
import { chatOf } from '../cache/chat-of.ts';
import { DeskError } from '../desk-error.ts';
import type { SessionKey } from '../sync/keys.ts';
import { NoAnswerError } from '../sync/no-answer.ts';
import type { ServerApi } from '../sync/server-api.ts';

/**
 * A ticket with what the server lets this agent read of it (design.md, "Pushed and read"). Unchanged where the server says no
 * or does not answer: the header alone is shown then.
 */
export async function withContent(
  view: TicketView,
  api: ServerApi,
  key: SessionKey | null,
  isLineUp: boolean,
): Promise<TicketView> {
  if (!key || !isLineUp) return view;
  try {
    const content = await api.ticketContent(key, view.header.id);
    const { contact, topicIds, events, consents, files = [] } = content;
    const timeline = events.map((event) => ({ event, isPending: false }));
    return { ...view, contact, topicIds, timeline, ...(consents && { consents }), files, ...chatOf(content, []) };
  } catch (error) {
    const isNo = error instanceof DeskError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND');
    if (isNo || error instanceof NoAnswerError) return view;
    throw error;
  }
}
