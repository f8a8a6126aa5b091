import { useTranslation } from 'react-i18next';
import type { Consent } from '../../../protocol/video/consent.ts';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ConsentChip } from './consent-chip.tsx';
import styles from './terms-sheet.module.css';

/** What else was asked on this ticket, the newest first. */
export function EarlierConsents({ consents }: { consents: readonly Consent[] }) {
  const { t } = useTranslation('terms');
  const formats = useFormats();
  const now = useNow();
  if (consents.length === 0) return null;
  return (
    <section className={styles.earlier}>
      <h3>{t('earlier')}</h3>
      <ul>
        {consents.toReversed().map(({ id, title, state, askedAt, folio, withdrawalFolio, receiptUrl }) => {
          const shown = withdrawalFolio ?? folio;
          return (
            <li key={id}>
              <span className={styles.hour}>{formats.when(askedAt, now)}</span>
              <span className={styles.earlierTitle}>
                {receiptUrl !== null && shown !== null ? (
                  <a
                    href={receiptUrl}
                    target="_blank"
                    rel="noopener noreferrer"
                    aria-label={`${title}. ${t('receiptOf', { folio: shown })}`}
                  >
                    {title}
                  </a>
                ) : (
                  title
                )}
              </span>
              <ConsentChip state={state} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
