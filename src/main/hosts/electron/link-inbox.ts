import type { TicketId } from '../../../protocol/ids.ts';
import type { DeepLink } from './parse-deep-link.ts';

interface LinkInboxOptions {
  /** Brings the window before the agent. */
  show: () => void;
  /** Whether an agent works here now. */
  isWorking: () => boolean;
  /** Has the page open this ticket; false while no page listens. */
  open: (ticketId: TicketId) => boolean;
}

/** Links wait here until somebody has signed in and the page listens; only the last one counts. */
export function createLinkInbox({ show, isWorking, open }: LinkInboxOptions) {
  let waiting: TicketId | null = null;
  const deliver = (): void => {
    if (waiting !== null && isWorking() && open(waiting)) waiting = null;
  };
  return {
    take: ({ ticketId }: DeepLink): void => {
      waiting = ticketId ?? waiting;
      show();
      deliver();
    },
    /** Something that a link may have waited for has come about. */
    deliver,
  };
}

export type LinkInbox = ReturnType<typeof createLinkInbox>;
