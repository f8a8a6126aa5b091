import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionId, TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './free-dialog.module.css';
import { useSilentHour } from './use-silent-hour.ts';

const MAXIMUM_REASON = 500;

export interface FreeDialogProps {
  ticketId: TicketId;
  turnCode: string;
  /** The attention that is meant: another one is not ended in its place. */
  attentionId: AttentionId;
  holderName: string;
  /** As it was when the dialog was opened; the row knows better while it is in view. */
  silentSince: number | null;
}

/** "Liberar R-034": who supervises takes a ticket back from its agent, and is told what that means. */
export function FreeDialog({ ticketId, turnCode, attentionId, holderName: name, silentSince }: FreeDialogProps) {
  const { t } = useTranslation('tickets');
  const { t: workspaceText } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const row = useDeskState(({ heldWindow }) =>
    heldWindow.rows.find(({ header }) => header.holder.attentionId === attentionId),
  );
  const silentHour = useSilentHour();
  const needsLine = useLineReason();
  const act = useAct();
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const isMissing = reason.trim() === '';
  const silent = row ? row.silentSince : silentSince;

  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (isMissing) return;
    if (!(await act.run({ type: 'ticket.free', ticketId, attentionId, reason: reason.trim() }))) return;
    close();
    toasts.show({ message: workspaceText('notice.freed', { code: turnCode }) });
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('freeDialog.title', { code: turnCode })}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button onPress={close}>{common('cancel')}</Button>
          <Button variant="danger" unavailable={needsLine} onPress={() => void submit()}>
            {t('freeDialog.submit', { code: turnCode })}
          </Button>
        </>
      }
    >
      <p className={styles.warning}>
        <TriangleAlert size={16} aria-hidden />
        <span>
          {silent === null
            ? t('freeDialog.connected', { name })
            : t('freeDialog.silent', { name, hour: silentHour(silent) })}
        </span>
      </p>
      <ul className={styles.effects}>
        <li>{t('freeDialog.returns')}</li>
        <li>{t('freeDialog.kept', { name })}</li>
        <li>{t('freeDialog.late', { name })}</li>
      </ul>
      <TextArea
        label={t('freeDialog.reason')}
        requirement={common('required')}
        description={t('freeDialog.reasonDetail')}
        maxLength={MAXIMUM_REASON}
        value={reason}
        onChange={setReason}
        error={isTried && isMissing ? t('freeDialog.reasonRequired') : undefined}
        autoFocus
      />
      {act.error !== null && (
        <ActError
          error={act.error}
          words={act.error.code === 'STALE_EPOCH' ? t('freeDialog.goneOn', { name }) : undefined}
        />
      )}
    </Dialog>
  );
}
