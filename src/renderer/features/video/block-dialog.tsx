import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuestBlockReason } from '../../../protocol/commands/guest-commands.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import styles from '../held/free-dialog.module.css';
import { ActError } from '../ticket/act-error.tsx';
import { SlowAnswer } from '../ticket/slow-answer.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';

const MAXIMUM_COMMENT = 500;

export interface BlockDialogProps {
  ticketId: TicketId;
  turnCode: string;
}

/** "Bloquear y reportar": the agent of a video ends it for both, and the guest is let into none for a day (trust T30). */
export function BlockDialog({ ticketId, turnCode }: BlockDialogProps) {
  const { t } = useTranslation('videoCall');
  const { t: timeline } = useTranslation('timeline');
  const { t: common } = useTranslation('common');
  const { toasts } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const needsLine = useLineReason();
  const act = useAct();
  const [reason, setReason] = useState<GuestBlockReason | null>(null);
  const [comment, setComment] = useState('');
  const [isTried, setIsTried] = useState(false);

  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (reason === null) return;
    if (!(await act.run({ type: 'guest.block', ticketId, reason, comment: comment.trim() }))) return;
    close();
    toasts.show({ message: t('block.done', { code: turnCode }) });
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('block.open')}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button onPress={close}>{common('cancel')}</Button>
          <Button variant="danger" unavailable={needsLine} onPress={() => void submit()}>
            {t('block.submit')}
          </Button>
        </>
      }
    >
      <p className={styles.warning}>
        <TriangleAlert size={16} aria-hidden />
        <span>{t('block.ends', { code: turnCode })}</span>
      </p>
      <ul className={styles.effects}>
        <li>{t('block.refused')}</li>
        <li>{t('block.kept')}</li>
        <li>{t('block.undone')}</li>
      </ul>
      <Select
        label={t('block.reason')}
        requirement={common('required')}
        options={GuestBlockReason.options.map((value) => ({ value, label: timeline(`blockReason.${value}`) }))}
        value={reason}
        placeholder={t('block.choose')}
        error={isTried && reason === null ? t('block.reasonRequired') : undefined}
        onChange={setReason}
      />
      <TextArea label={t('block.comment')} maxLength={MAXIMUM_COMMENT} value={comment} onChange={setComment} />
      <ActError error={act.error} />
    </Dialog>
  );
}
