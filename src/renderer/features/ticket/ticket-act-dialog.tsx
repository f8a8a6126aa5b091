import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from './act-error.tsx';
import { SlowAnswer } from './slow-answer.tsx';
import { useLineReason } from './use-line-reason.ts';

export interface TicketActDialogProps {
  act: 'cancel' | 'requeue';
  ticketId: TicketId;
  turnCode: string;
}

/** "Cancelar ticket R-034" or "Reencolar ticket R-034" (S2-22, S2-23), said once more before it is done. */
export function TicketActDialog({ act: kind, ticketId, turnCode }: TicketActDialogProps) {
  const { t } = useTranslation('tickets');
  const { t: common } = useTranslation('common');
  const close = useDeskState((state) => state.closeDialog);
  const openTicket = useDeskState((state) => state.openTicket);
  const needsLine = useLineReason();
  const act = useAct();
  const isCancel = kind === 'cancel';
  const about = isCancel ? 'cancelDialog' : 'requeueDialog';

  const submit = async (): Promise<void> => {
    if (!(await act.run({ type: isCancel ? 'ticket.cancel' : 'ticket.requeue', ticketId }))) return;
    close();
    openTicket(null);
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t(`${about}.title`, { code: turnCode })}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button autoFocus onPress={close}>
            {isCancel ? t('cancelDialog.keep') : common('cancel')}
          </Button>
          <Button variant={isCancel ? 'danger' : 'primary'} unavailable={needsLine} onPress={() => void submit()}>
            {t(`${about}.submit`, { code: turnCode })}
          </Button>
        </>
      }
    >
      <p>{t(`${about}.detail`)}</p>
      {act.error !== null && <ActError error={act.error} />}
    </Dialog>
  );
}
