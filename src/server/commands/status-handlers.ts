import type { AgentId } from '../../protocol/ids.ts';
import { insertSupersededState } from '../store/status-rows.ts';
import { changeOwnStatus } from './change-own-status.ts';
import type { CommandHandler } from './command-handler.ts';

export const chooseStatus: CommandHandler<'status.choose'> = async (acting, { state, cause }) => {
  if (await changeOwnStatus(acting, { type: 'chosen', state, cause })) return 'accepted';
  const { work, author, time } = acting;
  const chosen = { agentId: author.agentId as AgentId, state, cause };
  await insertSupersededState(work.tx, chosen, { ...time, receivedAt: work.now });
  return 'superseded';
};

export const chooseNextStatus: CommandHandler<'status.chooseNext'> = async (acting, { state }) =>
  (await changeOwnStatus(acting, { type: 'nextChosen', state })) ? 'accepted' : 'superseded';

export const setManual: CommandHandler<'status.setManual'> = async (acting, { isManual }) =>
  (await changeOwnStatus(acting, { type: 'manualSet', isManual })) ? 'accepted' : 'superseded';
