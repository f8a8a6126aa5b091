import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { GuestConsent, GuestReceipt } from '../../protocol/video/consent.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { filled } from '../turn/turn-words.ts';
import { ConsentAsked } from './consent-asked.tsx';
import { ConsentOutcome } from './consent-outcome.tsx';
import styles from './consent-sheet.module.css';
import type { TermsView } from './create-terms.ts';
import type { Visit } from './create-visit.ts';
import type { VideoWords } from './video-words.ts';

export interface ConsentSheetProps {
  visit: Visit;
  terms: TermsView;
  consent: GuestConsent;
  receipts: readonly GuestReceipt[];
  /** Who sent it, as the guest knows them. */
  name: string;
  /** The line to the server is down. */
  isLineDown: boolean;
  words: VideoWords;
  formats: Formats;
}

/**
 * T&C over the call, to 70 % of the page (S2-41). The text is plain text, whatever it holds. Closing it or Escape puts it aside and
 * answers nothing.
 */
export function ConsentSheet({ visit, terms, consent, receipts, name, isLineDown, words, formats }: ConsentSheetProps) {
  const headingId = useId();
  const { state, title } = consent;
  const { terms: say } = words;
  const isAsked = state === 'asked';
  const sheet = useFocusInside(state, visit.closeTerms);
  return (
    <section ref={sheet} role="dialog" aria-labelledby={headingId} className={styles.sheet}>
      <div className={styles.head}>
        <div>
          <h2 id={headingId} tabIndex={-1} data-takes-focus>
            {say[state]}
          </h2>
          <p>{isAsked ? filled(say.sentBy, { title, name }) : title}</p>
        </div>
        <button type="button" className={styles.close} aria-label={say.aside} onClick={visit.closeTerms}>
          <X size={24} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </div>
      {isAsked ? (
        <ConsentAsked {...{ visit, terms, consent, isLineDown, words }} />
      ) : (
        <ConsentOutcome {...{ visit, terms, consent, receipts, isLineDown, words, formats }} />
      )}
    </section>
  );
}

/** The focus comes in with the sheet and with each new state of it, and goes back where it was. Escape closes, and answers nothing. */
function useFocusInside(state: GuestConsent['state'], close: () => void) {
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = sheet;
    const handleKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') close();
    };
    current?.addEventListener('keydown', handleKey);
    return () => current?.removeEventListener('keydown', handleKey);
  }, [close]);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    const opener = document.activeElement;
    before.current = opener;
    return () => {
      const isThere = before.current instanceof HTMLElement && before.current.isConnected;
      const back = isThere ? before.current : document.querySelector('h1');
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    sheet.current?.querySelector<HTMLElement>('[data-takes-focus]')?.focus({ preventScroll: true });
  }, [state]);
  return sheet;
}
