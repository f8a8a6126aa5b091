import type { TFunction } from 'i18next';
import { ChevronLeft, CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { formatDocument } from '../../texts/format-document.ts';
import type { Kiosk } from './create-kiosk.ts';
import { documentKeys } from './document-keys.ts';
import styles from './document-step.module.css';
import type { KioskStep } from './kiosk-state.ts';
import { Keypad } from './keypad.tsx';
import { Question } from './question.tsx';
import { TouchButton } from './touch-button.tsx';

type Step = Extract<KioskStep, { name: 'document' }>;

export interface DocumentStepProps {
  step: Step;
  documentTypes: readonly string[];
  kiosk: Kiosk;
  t: TFunction<'kiosk'>;
  common: TFunction;
  errors: TFunction<'errors'>;
}

/** Who comes, if they want to say it. Nothing here tells whether the document is known (trust T20). */
export function DocumentStep({ step, documentTypes, kiosk, t, common, errors }: DocumentStepProps) {
  const id = useId();
  const { documentType, documentNumber, isSending } = step;
  const withDots = documentKeys(documentType).letterRows.length === 0;
  const failure = failureWords(step, t, errors);
  return (
    <div className={styles.step}>
      <Question before={step.service.name} title={t('document.title')} hint={t('document.detail')} />
      <div role="group" aria-label={t('document.type')} className={styles.types}>
        {documentTypes.map((type) => (
          <TouchButton
            key={type}
            look="choice"
            aria-pressed={type === documentType}
            onClick={() => kiosk.chooseDocumentType(type)}
          >
            {type === 'PASAPORTE' ? t('document.passport') : type}
          </TouchButton>
        ))}
      </div>
      <input
        className={styles.field}
        type="text"
        inputMode="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-label={t('document.number')}
        aria-invalid={failure !== null}
        aria-describedby={failure === null ? undefined : id}
        value={withDots ? formatDocument(null, documentNumber) : documentNumber}
        onChange={(event) => kiosk.writeDocument(event.target.value)}
      />
      <p id={id} role="alert" className={styles.failure}>
        {failure !== null && (
          <>
            <CircleAlert aria-hidden="true" />
            <span>{failure}</span>
          </>
        )}
      </p>
      <div className={styles.keys}>
        <Keypad documentType={documentType} value={documentNumber} onChange={kiosk.writeDocument} t={t} />
      </div>
      <div className={styles.acts}>
        <TouchButton look="secondary" disabled={isSending} onClick={kiosk.goBack}>
          <ChevronLeft aria-hidden="true" />
          {t('back')}
        </TouchButton>
        <TouchButton look="primary" aria-busy={isSending} onClick={() => kiosk.takeTurn({ withDocument: true })}>
          {isSending ? t('document.sending') : canRetry(step) ? common('retry') : t('document.continue')}
        </TouchButton>
        <TouchButton
          look="outlined"
          className={styles.without}
          disabled={isSending}
          onClick={() => kiosk.takeTurn({ withDocument: false })}
        >
          {t('document.without')}
        </TouchButton>
      </div>
    </div>
  );
}

const OF_THE_DOCUMENT: ReadonlySet<string> = new Set(['tooShort', 'INVALID_DOCUMENT', 'CHECK_DIGIT']);

const canRetry = ({ failure, documentNumber }: Step): boolean =>
  failure !== null && !OF_THE_DOCUMENT.has(failure) && documentNumber !== '';

function failureWords({ failure }: Step, t: TFunction<'kiosk'>, errors: TFunction<'errors'>): string | null {
  switch (failure) {
    case null:
      return null;
    case 'tooShort':
      return t('document.tooShort');
    case 'unpaired':
      return `${t('unpaired')}. ${t('failedDetail')}`;
    case 'INVALID_DOCUMENT':
    case 'CHECK_DIGIT':
    case 'SERVICE_CLOSED':
    case 'TOO_MANY_REQUESTS':
      return errors(failure);
    default:
      return `${t('failed')}. ${t('failedDetail')}`;
  }
}
