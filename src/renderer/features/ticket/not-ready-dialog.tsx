import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import type { ReadinessCause } from '../../../protocol/video/readiness.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from './act-error.tsx';
import { SlowAnswer } from './slow-answer.tsx';
import { useLineReason } from './use-line-reason.ts';
import { useReadinessWords } from './use-readiness-words.ts';

export interface NotReadyDialogProps {
  ticketId: TicketId;
  turnCode: string;
  cause: ReadinessCause | null;
}

/** The guest who is to be called could not be heard as things are: said once before the call. */
export function NotReadyDialog({ ticketId, turnCode, cause }: NotReadyDialogProps) {
  const { t } = useTranslation('tickets');
  const words = useReadinessWords();
  const { video } = useDeskServices();
  const close = useDeskState((state) => state.closeDialog);
  const needsLine = useLineReason();
  const act = useAct();

  const submit = async (): Promise<void> => {
    const called = act.run({ type: 'ticket.call', ticketId });
    video.prepare(ticketId, called);
    if (await called) close();
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('notReadyDialog.title', { code: turnCode })}
      footer={
        <>
          <SlowAnswer isRunning={act.isRunning} />
          <Button autoFocus onPress={close}>
            {t('notReadyDialog.keep')}
          </Button>
          <Button variant="primary" unavailable={needsLine} onPress={() => void submit()}>
            {t('notReadyDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('notReadyDialog.detail', { cause: words({ cause }) })}</p>
      {act.error !== null && <ActError error={act.error} />}
    </Dialog>
  );
}
