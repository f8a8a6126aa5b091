import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useFinish } from './use-finish.ts';
import { useNote } from './use-note.ts';

export interface FinishDialogProps {
  ticketId: TicketId;
  turnCode: string;
}

/** The attention is to end with a note written and not added: it goes with it, or stays a draft. */
export function FinishDialog({ ticketId, turnCode }: FinishDialogProps) {
  const { t } = useTranslation('workspace');
  const { t: attentionText } = useTranslation('attention');
  const close = useDeskState((state) => state.closeDialog);
  const note = useNote(ticketId);
  const { finish, error } = useFinish({ id: ticketId, turnCode });

  const submit = async (withNote: boolean): Promise<void> => {
    if (withNote && !(await note.add())) return;
    if (await finish()) close();
  };

  return (
    <Dialog
      isOpen
      onClose={close}
      size="wide"
      title={attentionText('finishDialog.title', { code: turnCode })}
      footer={
        <>
          <Button onPress={close}>{attentionText('finishDialog.keepAttending')}</Button>
          <Button onPress={() => void submit(false)}>{t('finish.without')}</Button>
          <Button variant="primary" autoFocus onPress={() => void submit(true)}>
            {t('finish.withNote')}
          </Button>
        </>
      }
    >
      <p>{t('finish.detail')}</p>
      <blockquote>{note.draft.text}</blockquote>
      <ActError error={note.error ?? error} />
    </Dialog>
  );
}
