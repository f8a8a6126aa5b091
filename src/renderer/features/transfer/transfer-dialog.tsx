import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceId, TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { useWorking } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';

const MAXIMUM_COMMENT = 500;

export interface TransferDialogProps {
  ticketId: TicketId;
  turnCode: string;
  /** Where it is now. */
  serviceId: ServiceId;
  /** It is being attended here, not waiting in the line. */
  isInHand: boolean;
}

/** To another service of the branch; code, place and timeline stay. */
export function TransferDialog({ ticketId, turnCode, serviceId: from, isInHand }: TransferDialogProps) {
  const { t } = useTranslation('tickets');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const { services } = useWorking();
  const close = useDeskState((state) => state.closeDialog);
  const needsLine = useLineReason();
  const act = useAct();
  const [serviceId, setServiceId] = useState<ServiceId | null>(null);
  const [comment, setComment] = useState('');
  const [isTried, setIsTried] = useState(false);

  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (serviceId === null) return;
    const type = isInHand ? 'attention.transfer' : 'ticket.transfer';
    if (!(await act.run({ type, ticketId, serviceId, comment }))) return;
    close();
    const service = services.find(({ id }) => id === serviceId)?.name ?? '';
    toasts.show({ message: workspaceText('notice.transferred', { code: turnCode, service }) });
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('transferDialog.title', { code: turnCode })}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button onPress={close}>{common('cancel')}</Button>
          <Button variant="primary" unavailable={needsLine} onPress={() => void submit()}>
            {t('transferDialog.submit', { code: turnCode })}
          </Button>
        </>
      }
    >
      <p>{t('transferDialog.detail')}</p>
      <Select
        label={t('transferDialog.service')}
        placeholder={t('transferDialog.chooseService')}
        options={services.filter(({ id }) => id !== from).map(({ id, name }) => ({ value: id, label: name }))}
        value={serviceId}
        onChange={setServiceId}
        error={isTried && serviceId === null ? t('transferDialog.serviceRequired') : undefined}
        autoFocus
      />
      <TextArea
        label={t('transferDialog.comment')}
        placeholder={t('transferDialog.commentPlaceholder')}
        maxLength={MAXIMUM_COMMENT}
        value={comment}
        onChange={setComment}
      />
      {act.error !== null && <ActError error={act.error} />}
    </Dialog>
  );
}
