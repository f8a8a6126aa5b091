import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { useWorking } from '../../start/use-working.ts';
import { isAnythingUnsent, unsentOf } from './unsent-of.ts';

/** "Finalizar ticket" (S2-30). What was written and not sent, or is being sent, asks first what shall become of it. */
export function useFinish(header: Pick<TicketHeader, 'id' | 'turnCode'>) {
  const { t } = useTranslation('workspace');
  const { store, toasts } = useDeskServices();
  const { terms = [] } = useWorking();
  const { run, ...rest } = useAct();

  const finish = async (): Promise<boolean> => {
    const isDone = await run({ type: 'attention.finish', ticketId: header.id });
    if (isDone) toasts.show({ message: t('notice.finished', { code: header.turnCode }) });
    return isDone;
  };

  return {
    ...rest,
    finish,
    start: (): void => {
      const state = store.getState();
      if (isAnythingUnsent(unsentOf(state, header.id, terms))) {
        state.openDialog({ type: 'finishWithNote', ticketId: header.id, turnCode: header.turnCode });
      } else {
        void finish();
      }
    },
  };
}
