import { Check, ReceiptText } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { GuestConsent } from '../../protocol/video/consent.ts';
import styles from './consent-sheet.module.css';
import type { TermsView } from './create-terms.ts';
import type { Visit } from './create-visit.ts';
import { PageButton } from './page-button.tsx';
import type { VideoWords } from './video-words.ts';

export interface ConsentAskedProps {
  visit: Visit;
  terms: TermsView;
  consent: GuestConsent;
  isLineDown: boolean;
  words: VideoWords;
}

/** Pixels that a fraction of a line may lack of the end. */
const NEAR_END = 8;

/** The whole text, and two buttons of one size. */
export function ConsentAsked({ visit, terms, consent, isLineDown, words }: ConsentAskedProps) {
  const { terms: say } = words;
  const { acting, failure, isRead } = terms;
  const text = useRef<HTMLDivElement>(null);

  const look = (): void => {
    const { current } = text;
    if (current && current.scrollTop + current.clientHeight >= current.scrollHeight - NEAR_END) visit.readTermsToEnd();
  };
  useEffect(() => {
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  });

  const isBusy = acting !== null;
  return (
    <>
      <div
        ref={text}
        className={styles.text}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard too
        tabIndex={0}
        role="region"
        aria-label={consent.title}
        lang={consent.language}
        onScroll={look}
      >
        {consent.text}
      </div>
      <div className={styles.foot}>
        <div role="status" className={styles.status}>
          {isBusy ? (
            <p>{say.sending}</p>
          ) : isLineDown ? (
            <p>{say.lineDown}</p>
          ) : (
            <p>
              <ReceiptText size={18} strokeWidth={1.75} aria-hidden="true" />
              {isRead ? say.receiptFollows : say.scroll}
            </p>
          )}
        </div>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {say.failure[failure]}
          </p>
        )}
        <div className={styles.answers}>
          <PageButton isBusy={isBusy} onPress={() => visit.answerTerms('refused')}>
            {say.refuse}
          </PageButton>
          <PageButton form="filled" isBusy={isBusy} onPress={() => visit.answerTerms('accepted')}>
            <Check size={20} strokeWidth={2} aria-hidden="true" />
            {say.accept}
          </PageButton>
        </div>
      </div>
    </>
  );
}
