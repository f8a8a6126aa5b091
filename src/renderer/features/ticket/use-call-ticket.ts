import type { TicketHeader } from '../../../protocol/ticket.ts';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';

/** A call by hand: at once, or with one more press where the guest could not be heard. */
export function useCallTicket() {
  const act = useAct();
  const { video } = useDeskServices();
  const openDialog = useDeskState((state) => state.openDialog);
  const call = async ({ id, kind, turnCode, readiness }: TicketHeader): Promise<void> => {
    if (readiness?.verdict === 'notReady') {
      openDialog({ type: 'callNotReady', ticketId: id, turnCode, cause: readiness.cause });
    } else {
      const called = act.run({ type: 'ticket.call', ticketId: id });
      if (kind === 'virtual') video.prepare(id, called);
      await called;
    }
  };
  return { ...act, call };
}
