import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Consent } from '../../../protocol/video/consent.ts';
import { TextArea } from '../../../web/ui/text-area.tsx';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ConsentChip } from './consent-chip.tsx';
import { ConsentSteps } from './consent-steps.tsx';
import { decisionOf } from './decision-of.ts';
import styles from './terms-sheet.module.css';

export interface ConsentViewProps {
  consent: Consent;
  /** First name of the customer. */
  name: string;
}

/** What was sent, as it was sent, and how it stands: nothing is called accepted before the server says so (S2-41). */
export function ConsentView({ consent, name }: ConsentViewProps) {
  const { t } = useTranslation('terms');
  const formats = useFormats();
  const now = useNow();
  const { state, title, text, folio, withdrawalFolio, receiptUrl } = consent;
  const decision = decisionOf(consent);
  return (
    <>
      <h3 className={styles.subject}>{title}</h3>
      <TextArea label={t('sentText')} rows={8} value={text} isReadOnly description={versionWords()} />
      <section className={styles.card} aria-label={t('steps')}>
        <div className={styles.cardHead} role="status">
          <ConsentChip state={state} />
          {folio !== null && (
            <span className={styles.folio}>
              {t('folio')} <strong>{folio}</strong>
            </span>
          )}
          {state === 'asked' && (
            <span className={styles.timer} aria-hidden="true">
              {formats.timer(now - consent.askedAt)}
            </span>
          )}
        </div>
        <ConsentSteps consent={consent} name={name} />
        {withdrawalFolio !== null && (
          <p className={styles.cardLine}>
            {t('withdrawalFolio')} <strong>{withdrawalFolio}</strong>
          </p>
        )}
        {receiptUrl !== null && (
          <p className={styles.cardLine}>
            <a href={receiptUrl} target="_blank" rel="noopener noreferrer" className={styles.receipt}>
              {t('receipt')}
              <ExternalLink size={14} aria-hidden />
            </a>
          </p>
        )}
      </section>
      {decision !== null && <p className={styles.decision}>{t(`decision.${decision}`)}</p>}
    </>
  );

  function versionWords(): string {
    const { termsId, isEdited, version } = consent;
    if (termsId === null) return t('ownVersion', { version });
    return isEdited
      ? t('sentEdited', { version, base: version.split('-')[0] ?? version })
      : t('sentVersion', { version });
  }
}
