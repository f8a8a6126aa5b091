import type { Logger } from 'pino';
import type { CurrentFact } from '../../bridge/facts.ts';
import type { CommandBody } from '../../protocol/commands/agent-command.ts';
import type { AttentionId } from '../../protocol/ids.ts';

const TOUCH_EVERY_MS = 5_000;

interface CallKeeperOptions {
  say: (body: CommandBody) => Promise<void>;
  isLineUp: () => boolean;
  monotonic: () => number;
  log: Logger;
}

/**
 * Tells the server that a call has been shown here, and that somebody is at the desk while it calls: without the first it
 * takes the ticket back after 5 s, without the second after 45 s.
 */
export function createCallKeeper({ say, isLineUp, monotonic, log }: CallKeeperOptions) {
  let acknowledged: AttentionId | null = null;
  let calling: {
    ticketId: Extract<CommandBody, { type: 'attention.touch' }>['ticketId'];
    attentionId: AttentionId;
    epoch: number;
  } | null = null;
  let touchedAt = Number.NEGATIVE_INFINITY;

  const sayQuietly = (body: CommandBody, failed?: () => void): void => {
    say(body).catch((error: unknown) => {
      log.info({ err: error, type: body.type }, 'not said');
      failed?.();
    });
  };

  return {
    observe: ({ ticket }: CurrentFact): void => {
      const holder = ticket?.header.state === 'calling' ? ticket.header.holder : null;
      calling =
        ticket && holder ? { ticketId: ticket.header.id, attentionId: holder.attentionId, epoch: holder.epoch } : null;
      if (!calling || acknowledged === calling.attentionId || !isLineUp()) return;
      const { attentionId } = calling;
      acknowledged = attentionId;
      sayQuietly({ type: 'attention.acknowledge', ...calling }, () => {
        if (acknowledged === attentionId) acknowledged = null;
      });
    },
    inputSeen: (): void => {
      const now = monotonic();
      if (!calling || !isLineUp() || now - touchedAt < TOUCH_EVERY_MS) return;
      touchedAt = now;
      sayQuietly({ type: 'attention.touch', ...calling });
    },
  };
}
