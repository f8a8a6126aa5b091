import { ownTicket, refuseStranger } from '../policies/may-touch-ticket.ts';
import { Refusal } from '../policies/refusal.ts';
import { readTopics } from '../store/service-rows.ts';
import { setTopics } from '../store/ticket-rows.ts';
import type { CommandHandler } from './command-handler.ts';
import { tellContent, tellEvent } from './tell-holder.ts';

/** A note is kept whoever holds the ticket by the time it arrives. */
export const addNote: CommandHandler<'note.add'> = async ({ work, author, ticket, actor, time }, body) => {
  const row = ownTicket(author, ticket);
  const event = work.record(row, actor, { type: 'note.added', text: body.text }, time);
  await tellEvent(work, row, event);
  return 'accepted';
};

/** The whole set: what was chosen before and is not in it goes. */
export const chooseTopics: CommandHandler<'topics.choose'> = async ({ work, author, ticket, actor, time }, body) => {
  const row = ownTicket(author, ticket);
  await refuseStranger(work, author, row);
  const chosen = [...new Set(body.topicIds)];
  const known = new Set((await readTopics(work.tx, row.branchId)).map(({ id }) => id));
  if (chosen.some((id) => !known.has(id))) throw new Refusal('NOT_FOUND', { field: 'topicIds' });
  work.write(setTopics(work.tx, row.id, chosen));
  work.record(row, actor, { type: 'topics.chosen', topicIds: chosen }, time);
  await tellContent(work, { ...row, topicIds: chosen });
  return 'accepted';
};
