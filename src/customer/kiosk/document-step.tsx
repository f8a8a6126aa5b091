import type { TFunction } from 'i18next';
import { ChevronLeft, CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { formatDocument } from '../../texts/format-document.ts';
import type { Kiosk } from './create-kiosk.ts';
import { documentKeys } from './document-keys.ts';
import type { KioskStep } from './kiosk-state.ts';
import { Keypad } from './keypad.tsx';
import styles from './kiosk.module.css';

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
    <>
      <div className={styles.documentWords}>
        <p className={styles.chosen}>{step.service.name}</p>
        <h1 className={styles.question}>{t('document.title')}</h1>
        <p className={styles.hint}>{t('document.detail')}</p>
      </div>
      <div role="group" aria-label={t('document.type')} className={styles.types}>
        {documentTypes.map((type) => (
          <button
            key={type}
            type="button"
            className={styles.choice}
            aria-pressed={type === documentType}
            onClick={() => kiosk.chooseDocumentType(type)}
          >
            {type === 'PASAPORTE' ? t('document.passport') : type}
          </button>
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
      <Keypad documentType={documentType} value={documentNumber} onChange={kiosk.writeDocument} t={t} />
      <div className={styles.acts}>
        <button type="button" className={styles.secondary} disabled={isSending} onClick={kiosk.goBack}>
          <ChevronLeft aria-hidden="true" />
          {t('back')}
        </button>
        <button
          type="button"
          className={styles.primary}
          aria-busy={isSending}
          onClick={() => kiosk.takeTurn({ withDocument: true })}
        >
          {isSending ? t('document.sending') : canRetry(step) ? common('retry') : t('document.continue')}
        </button>
        <button
          type="button"
          className={styles.without}
          disabled={isSending}
          onClick={() => kiosk.takeTurn({ withDocument: false })}
        >
          {t('document.without')}
        </button>
      </div>
    </>
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
    case 'offline':
      return `${t('offline')}. ${t('failedDetail')}`;
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
