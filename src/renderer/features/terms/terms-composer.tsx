import { CircleAlert, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { MAXIMUM_TERMS_TEXT, MAXIMUM_TERMS_TITLE, type Terms } from '../../../protocol/video/consent.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Select } from '../../../web/ui/select.tsx';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { TextField } from '../../../web/ui/text-field.tsx';
import { useFormats } from '../../start/use-formats.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { ChangeTemplateDialog } from './change-template-dialog.tsx';
import styles from './terms-sheet.module.css';
import { useTermsDraft } from './use-terms-draft.ts';

const FREE = 'free';

export interface TermsComposerProps {
  header: TicketHeader;
  onSent: () => void;
  /** Back to what was sent last; absent where nothing was. */
  onBack?: (() => void) | undefined;
}

/** What will be sent: a template of the service in its version, or the agent's own words, until it is sent (S2-41). */
export function TermsComposer({ header, onSent, onBack }: TermsComposerProps) {
  const { t } = useTranslation('terms');
  const formats = useFormats();
  const needsLine = useLineReason();
  const draft = useTermsDraft(header);
  const { template, templates, title, text } = draft;
  const { run, error, isRunning, forgetError } = useAct();
  /** Chosen over a text that would be lost by it. */
  const [asked, setAsked] = useState<{ terms: Terms | null } | null>(null);

  const choose = (id: string): void => {
    const terms = templates.find((each) => each.id === id) ?? null;
    if (terms?.id === template?.id) return;
    if (draft.isEdited) setAsked({ terms });
    else draft.choose(terms);
  };
  const send = async (): Promise<void> => {
    const termsId = template?.id ?? null;
    if (!(await run({ type: 'consent.ask', ticketId: header.id, termsId, title, text }))) return;
    draft.clear();
    onSent();
  };

  const limit = formats.number(MAXIMUM_TERMS_TEXT);
  const missing = text.trim() === '' ? t('empty') : title.trim() === '' ? t('noTitle') : undefined;
  const tooLong = draft.isTextTooLong
    ? t('tooLong', { limit })
    : draft.isTitleTooLong
      ? t('titleTooLong', { limit: MAXIMUM_TERMS_TITLE })
      : undefined;
  const version = template
    ? t(draft.isEdited ? 'edited' : 'unchanged', { version: template.version })
    : templates.length === 0
      ? t('noTemplates')
      : undefined;

  return (
    <>
      <div className={styles.body}>
        <ActError error={error} onClose={forgetError} />
        {templates.length > 0 && (
          <Select
            label={t('template')}
            options={[
              ...templates.map((each) => ({ value: each.id as string, label: t('versioned', { ...each }) })),
              { value: FREE, label: t('free') },
            ]}
            value={template?.id ?? FREE}
            onChange={choose}
          />
        )}
        {template === null && (
          <TextField
            label={t('name')}
            value={title}
            onChange={draft.writeTitle}
            error={draft.isTitleTooLong ? t('titleTooLong', { limit: MAXIMUM_TERMS_TITLE }) : undefined}
          />
        )}
        <TextArea
          label={t('text')}
          rows={10}
          value={text}
          onChange={draft.writeText}
          error={draft.isTextTooLong ? t('tooLong', { limit }) : undefined}
          description={
            <>
              {version !== undefined && <span>{version}</span>}
              <span className={styles.length}>{t('length', { length: formats.number(text.length), limit })}</span>
            </>
          }
        />
        {template && <p className={styles.decision}>{t(template.isRequired ? 'required' : 'optional')}</p>}
        {draft.isRefused && (
          <p role="alert" className={styles.problem}>
            <CircleAlert size={14} aria-hidden />
            {t('notKept')}
          </p>
        )}
      </div>
      <footer className={styles.foot}>
        {onBack && <Button onPress={onBack}>{t('back')}</Button>}
        <Button
          variant="primary"
          isWide
          icon={<Send size={16} aria-hidden />}
          unavailable={isRunning ? t('sending') : (needsLine ?? missing ?? tooLong)}
          onPress={() => void send()}
        >
          {t(isRunning ? 'sending' : 'send')}
        </Button>
      </footer>
      {asked && (
        <ChangeTemplateDialog
          text={text}
          onKeep={() => setAsked(null)}
          onChange={() => {
            setAsked(null);
            draft.choose(asked.terms);
          }}
        />
      )}
    </>
  );
}
