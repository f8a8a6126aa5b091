import { useTranslation } from 'react-i18next';
import type { TicketId } from '../../../protocol/ids.ts';
import { Button } from '../../../web/ui/button.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useMaskedDraft } from '../masking/use-masked-draft.tsx';
import { ActError } from '../ticket/act-error.tsx';
import styles from './attention-view.module.css';
import { useNote } from './use-note.ts';

const MAXIMUM_LENGTH = 4_000;

export interface NotePanelProps {
  ticketId: TicketId;
}

/** "Nota del tiquete": kept on this desk while it is written, added to the timeline with Ctrl Enter (S2-31). */
export function NotePanel({ ticketId }: NotePanelProps) {
  const { t } = useTranslation('attention');
  const formats = useFormats();
  const { draft, write, add, error, forgetError } = useNote(ticketId);
  const clockOffset = useDeskState(({ line }) => line?.clockOffset ?? 0);
  const masked = useMaskedDraft(draft.text, t('note.label'));
  const fieldId = `note-${ticketId}`;

  const handleAdd = (): void => {
    if (draft.text.trim() !== '') void add();
    document.getElementById(fieldId)?.focus();
  };

  return (
    <div className={styles.note}>
      <TextArea
        id={fieldId}
        label={t('note.label')}
        placeholder={t('note.placeholder')}
        maxLength={MAXIMUM_LENGTH}
        value={masked.value}
        isReadOnly={masked.isReadOnly}
        onChange={(text) => {
          masked.written();
          write(text);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return;
          event.preventDefault();
          handleAdd();
        }}
      />
      <ActError error={error} onClose={forgetError} />
      <div className={styles.noteFoot}>
        <span className={classNames(styles.draft, draft.isRefused && styles.refused)}>
          {draft.isRefused
            ? t('note.draftsRefused')
            : draft.savedAt === null || draft.text === ''
              ? t('note.savedHere')
              : t('note.draftSaved', { hour: formats.hour(draft.savedAt + clockOffset) })}
        </span>
        {masked.eye}
        <Button size="small" shortcut="Control+Enter" onPress={handleAdd}>
          {t('note.add')}
        </Button>
      </div>
    </div>
  );
}
