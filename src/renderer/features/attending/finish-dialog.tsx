import { useTranslation } from 'react-i18next';
import { MARK_LENGTH } from '../../../protocol/commands/mark-commands.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useWorking } from '../../start/use-working.ts';
import { useShownWords } from '../masking/use-shown-words.ts';
import { ActError } from '../ticket/act-error.tsx';
import { unsentOf } from './unsent-of.ts';
import { useFinish } from './use-finish.ts';
import { useMark } from '../video/use-mark.ts';
import { useNote } from './use-note.ts';

export interface FinishDialogProps {
  ticketId: TicketId;
  turnCode: string;
}

/** The attention is to end with something written and not sent: a note or mark goes with it or stays a draft, the rest is named. */
export function FinishDialog({ ticketId, turnCode }: FinishDialogProps) {
  const { t } = useTranslation('workspace');
  const { t: attentionText } = useTranslation('attention');
  const { t: videoText } = useTranslation('videoCall');
  const close = useDeskState((state) => state.closeDialog);
  const note = useNote(ticketId);
  const mark = useMark(ticketId);
  const { terms: templates = [] } = useWorking();
  const state = useDeskState((each) => each);
  const { message, terms, files } = unsentOf(state, ticketId, templates);
  const hasNote = note.draft.text.trim() !== '';
  const hasMark = Boolean(mark.mark?.text.trim());
  const canAdd = hasNote || hasMark;
  const shown = useShownWords();
  const { finish, error } = useFinish({ id: ticketId, turnCode });

  const submit = async (withNote: boolean): Promise<void> => {
    if (withNote && hasNote && !(await note.add())) return;
    if (withNote && !(await mark.add())) return;
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
          <Button autoFocus={!canAdd} onPress={() => void submit(false)}>
            {t(hasNote ? 'finish.without' : hasMark ? 'finish.withoutMark' : 'finish.anyway')}
          </Button>
          {canAdd && (
            <Button variant="primary" autoFocus onPress={() => void submit(true)}>
              {t(hasNote ? 'finish.withNote' : 'finish.withMark')}
            </Button>
          )}
        </>
      }
    >
      {hasNote && (
        <>
          <p>{t('finish.detail')}</p>
          <blockquote>{shown(note.draft.text)}</blockquote>
        </>
      )}
      {mark.mark && hasMark && (
        <>
          <p>{t('finish.markDetail')}</p>
          <blockquote>{shown(mark.mark.text)}</blockquote>
        </>
      )}
      {message !== '' && (
        <>
          <p>{t('finish.messageDetail')}</p>
          <blockquote>{shown(message)}</blockquote>
        </>
      )}
      {terms !== '' && (
        <>
          <p>{t('finish.termsDetail')}</p>
          <blockquote>{shown(terms)}</blockquote>
        </>
      )}
      {files.length > 0 && (
        <>
          <p>{t('finish.filesDetail', { count: files.length })}</p>
          <blockquote>{shown(files.join(', '))}</blockquote>
        </>
      )}
      {mark.isTooLong && <p role="alert">{videoText('mark.tooLong', { limit: MARK_LENGTH })}</p>}
      <ActError error={note.error ?? mark.error ?? error} />
    </Dialog>
  );
}
