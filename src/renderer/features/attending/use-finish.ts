import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { keptNote } from '../../stores/kept-note.ts';
import { useAct } from '../../start/use-call.ts';

/** "Finalizar ticket" (S2-30). A note that was written and not added asks first what shall become of it. */
export function useFinish(header: Pick<TicketHeader, 'id' | 'turnCode'>) {
  const { t } = useTranslation('workspace');
  const { store, toasts } = useDeskServices();
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
      const { notes, openDialog } = state;
      if ((notes[header.id]?.text ?? keptNote(state, header.id)).trim() !== '') {
        openDialog({ type: 'finishWithNote', ticketId: header.id, turnCode: header.turnCode });
      } else {
        void finish();
      }
    },
  };
}
