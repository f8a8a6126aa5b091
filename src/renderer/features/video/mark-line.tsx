import { Bookmark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MARK_LENGTH } from '../../../protocol/commands/mark-commands.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { TextField } from '../../../web/ui/text-field.tsx';
import hiding from '../../../web/ui/visually-hidden.module.css';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useMaskedDraft } from '../masking/use-masked-draft.tsx';
import { ActError } from '../ticket/act-error.tsx';
import styles from './mark-line.module.css';
import { useMark } from './use-mark.ts';

/** "Tag": one line about a moment of the call, which is the one when its first letter is written (S2-45). */
export function MarkLine({ header }: { header: TicketHeader }) {
  const { t } = useTranslation('videoCall');
  const formats = useFormats();
  const now = useNow();
  const { mark, isRefused, isTooLong, write, clear, add, error, forgetError } = useMark(header.id);
  const masked = useMaskedDraft(mark?.text ?? '', t('mark.label'));
  const { attendingSince, holder } = header;
  const isTalking = header.state === 'attending' && attendingSince !== null && holder !== null;
  const momentMs = mark?.momentMs ?? Math.max(0, now - (attendingSince ?? now));
  const moment = formats.timer(momentMs);
  const fieldId = `mark-${header.id}`;
  const helpId = `${fieldId}-help`;
  const problemId = `${fieldId}-problem`;
  const problem = isTooLong
    ? t('mark.tooLong', { limit: MARK_LENGTH })
    : mark !== null && isRefused
      ? t('mark.notKept')
      : null;

  const handleChange = (text: string): void => {
    masked.written();
    if (text === '') clear();
    else if (mark) write({ ...mark, text });
    else if (holder) write({ kind: 'mark', attentionId: holder.attentionId, momentMs, text });
  };
  const handleAdd = (): void => {
    void add();
    document.getElementById(fieldId)?.focus();
  };

  return (
    <div className={styles.foot}>
      <ActError error={error} onClose={forgetError} />
      {problem !== null && (
        <p id={problemId} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.line}>
        <TextField
          id={fieldId}
          label={t('mark.label')}
          isLabelHidden
          aria-describedby={problem === null ? helpId : problemId}
          icon={<Bookmark size={16} aria-hidden />}
          placeholder={isTalking ? t('mark.placeholder', { moment }) : t('mark.notYet')}
          trailing={
            mark && (
              <>
                {masked.eye}
                <span className={styles.moment}>{moment}</span>
              </>
            )
          }
          error={isTooLong ? t('mark.tooLong', { limit: MARK_LENGTH }) : undefined}
          isDisabled={!isTalking}
          isReadOnly={masked.isReadOnly}
          value={masked.value}
          onChange={handleChange}
          onKeyDown={(event) => {
            // Enter also ends a composition of letters, which is no sending.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            handleAdd();
          }}
        />
        <Button unavailable={isTalking ? undefined : t('mark.notYet')} onPress={handleAdd}>
          {t('mark.add')}
        </Button>
      </div>
      <span id={helpId} className={hiding.hidden}>
        {t('mark.help')}
      </span>
    </div>
  );
}
