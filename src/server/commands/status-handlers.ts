import { changeStatus } from './change-status.ts';
import type { CommandHandler } from './command-handler.ts';

export const chooseStatus: CommandHandler<'status.choose'> = async ({ work, author, time }, body) => {
  await changeStatus(work, author.agentId, { type: 'chosen', state: body.state, cause: body.cause }, time);
  return 'accepted';
};

export const chooseNextStatus: CommandHandler<'status.chooseNext'> = async ({ work, author, time }, body) => {
  await changeStatus(work, author.agentId, { type: 'nextChosen', state: body.state }, time);
  return 'accepted';
};

export const setManual: CommandHandler<'status.setManual'> = async ({ work, author, time }, body) => {
  await changeStatus(work, author.agentId, { type: 'manualSet', isManual: body.isManual }, time);
  return 'accepted';
};
