import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { AgentId, TicketId } from '../../protocol/ids.ts';
import type { StoreClient } from '../cache/store-client.ts';
import { DeskError } from '../desk-error.ts';
import { attentionInHand } from './command-of-act.ts';

interface Options {
  store: Pick<StoreClient, 'ask'>;
  say: (body: CommandBody) => Promise<void>;
  isLineUp: () => boolean;
}

/**
 * Tells the guest that the agent has seen what they wrote, once for each further message. Nothing of it waits for the line: the
 * screen tells it again.
 */
export function createMessageReader({ store, say, isLineUp }: Options) {
  return {
    /** @throws DeskError NEEDS_LINE without the line, WRONG_STATE when this agent does not hold the ticket */
    read: async (agentId: AgentId, ticketId: TicketId, upTo: number): Promise<void> => {
      if (!isLineUp()) throw new DeskError('NEEDS_LINE');
      const view = await store.ask('desk.ticket', ticketId);
      const attention = attentionInHand({ header: view?.header ?? null, agentId });
      if ((view?.chat?.read.byAgent ?? 0) >= upTo) return;
      await say({ type: 'message.read', ...attention, upTo });
    },
  };
}

export type MessageReader = ReturnType<typeof createMessageReader>;
