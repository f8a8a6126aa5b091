import type { GuestConsent, GuestReceipt } from '../../protocol/video/consent.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { filled } from '../turn/turn-words.ts';
import styles from './consent-sheet.module.css';
import type { TermsView } from './create-terms.ts';
import type { Visit } from './create-visit.ts';
import { PageButton } from './page-button.tsx';
import { ReceiptList } from './receipt-list.tsx';
import type { VideoWords } from './video-words.ts';

export interface ConsentOutcomeProps {
  visit: Visit;
  terms: TermsView;
  /** Answered, or taken back. */
  consent: GuestConsent;
  /** Of all that was answered before it too. */
  receipts: readonly GuestReceipt[];
  isLineDown: boolean;
  words: VideoWords;
  formats: Formats;
}

/** What was recorded, with its folio and receipt, and the way to take an acceptance back: as short as giving it. */
export function ConsentOutcome({ visit, terms, consent, receipts, isLineDown, words, formats }: ConsentOutcomeProps) {
  const { terms: say } = words;
  const { state, text, language, folio, withdrawalFolio, answeredAt, withdrawnAt, receiptUrl } = consent;
  const isBusy = terms.acting !== null;
  const at = withdrawnAt ?? answeredAt;
  const shown = withdrawalFolio ?? folio;
  return (
    <>
      <div className={styles.outcome}>
        {state !== 'asked' && (
          <p>{filled(say.detail[state], { hour: at === null ? words.unknown : formats.hour(at) })}</p>
        )}
        {shown !== null && (
          <p className={styles.folio}>
            {say.folio} <strong>{shown}</strong>
          </p>
        )}
        {receiptUrl !== null && (
          <a href={receiptUrl} target="_blank" rel="noopener noreferrer" className={styles.receipt}>
            {say.receipt}
          </a>
        )}
        <details>
          <summary>{say.showText}</summary>
          <p className={styles.kept} lang={language}>
            {text}
          </p>
        </details>
        <ReceiptList
          receipts={receipts.filter(({ id }) => id !== consent.id)}
          withdraw={visit.withdrawReceipt}
          save={visit.saveReceipt}
          words={words}
        />
      </div>
      <div className={styles.foot}>
        {(isBusy || isLineDown) && (
          <p role="status" className={styles.status}>
            {isBusy ? say.sending : say.lineDown}
          </p>
        )}
        {terms.failure !== null && (
          <p role="alert" className={styles.failure}>
            {say.failure[terms.failure]}
          </p>
        )}
        <div className={styles.answers}>
          {state === 'accepted' && (
            <PageButton isBusy={isBusy} onPress={visit.withdrawTerms}>
              {say.withdraw}
            </PageButton>
          )}
          <PageButton form="filled" onPress={visit.closeTerms}>
            {say.back}
          </PageButton>
        </div>
      </div>
    </>
  );
}
