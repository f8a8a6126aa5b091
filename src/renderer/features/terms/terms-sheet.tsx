import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { LoadingState } from '../../../web/ui/loading-state.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useAct } from '../../start/use-call.ts';
import { ActError } from '../ticket/act-error.tsx';
import { customerName } from '../ticket/customer-name.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { useWriting } from '../video/use-writing.ts';
import { ConsentView } from './consent-view.tsx';
import { EarlierConsents } from './earlier-consents.tsx';
import { TermsComposer } from './terms-composer.tsx';
import { TERMS_SHEET_ID } from './open-terms.ts';
import styles from './terms-sheet.module.css';

export interface TermsSheetProps {
  /** In hand, and attended. */
  ticket: TicketView;
}

/** "Enviar T&C" in column 3, so that the customer's face stays in view (S2-41). */
export function TermsSheet({ ticket }: TermsSheetProps) {
  const { t } = useTranslation('terms');
  const { t: common } = useTranslation('common');
  const close = useDeskState((state) => state.closeTerms);
  const needsLine = useLineReason();
  const retract = useAct();
  const isGuestHere = useDeskState(({ room }) => room?.ticketId === ticket.header.id && room.isGuestHere);
  const { header } = ticket;
  const name = customerName(ticket) ?? common('customer');
  const consents = ticket.consents ?? [];
  const ofAttention = consents.filter(({ attentionId }) => attentionId === header.holder?.attentionId);
  const latest = ofAttention.at(-1) ?? null;
  const isOpen = latest?.state === 'asked';
  const [isComposing, setIsComposing] = useState(latest === null);
  /** Which one was the latest when another was sent; empty for none, null before that. */
  const [sentAfter, setSentAfter] = useState<string | null>(null);
  const shown = isOpen || !isComposing ? latest : null;
  // The server took it, and it has not come down the stream yet.
  const isComing = !isComposing && !isOpen && sentAfter !== null && (latest?.id ?? '') === sentAfter;
  const region = useOpenSheet(close);
  const draft = useWriting(header.id, 'terms');
  const isSameAsSent = isOpen && draft.writing?.text === latest?.text;
  const { clear } = draft;

  // The button that had the focus goes with what it was pressed for.
  useEffect(() => {
    if (document.activeElement === document.body) region.current?.focus({ preventScroll: true });
  }, [region, shown?.id, shown?.state, isComing]);

  // It was sent, though the answer was lost on the way.
  useEffect(() => {
    if (isOpen) setIsComposing(false);
    if (isSameAsSent) clear();
  }, [isOpen, isSameAsSent]); // oxlint-disable-line react-hooks/exhaustive-deps -- `clear` is made anew each time

  return (
    <section ref={region} id={TERMS_SHEET_ID} tabIndex={-1} aria-labelledby="terms-title" className={styles.sheet}>
      <header className={styles.head}>
        <h2 id="terms-title">{t('title')}</h2>
        <IconButton label={common('close')} onPress={close}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      {isComing ? (
        <LoadingState />
      ) : shown === null ? (
        <TermsComposer
          header={header}
          onSent={() => {
            setSentAfter(latest?.id ?? '');
            setIsComposing(false);
          }}
          onBack={latest ? () => setIsComposing(false) : undefined}
        />
      ) : (
        <>
          <div className={styles.body}>
            <ActError error={retract.error} onClose={retract.forgetError} />
            {isOpen && !isGuestHere && <p className={styles.decision}>{t('guestAway', { name })}</p>}
            <ConsentView consent={shown} name={name.split(' ')[0] ?? name} />
            <EarlierConsents consents={consents.filter(({ id }) => id !== shown.id)} />
          </div>
          <footer className={styles.foot}>
            {isOpen ? (
              <>
                <Button
                  unavailable={needsLine}
                  onPress={() =>
                    void retract.run({ type: 'consent.retract', ticketId: header.id, consentId: shown.id })
                  }
                >
                  {t('retract')}
                </Button>
                <Button isWide unavailable={t('state.asked')}>
                  {t('sent')}
                </Button>
              </>
            ) : (
              <Button isWide onPress={() => setIsComposing(true)}>
                {t('another')}
              </Button>
            )}
          </footer>
        </>
      )}
    </section>
  );
}

/**
 * The focus comes in with the sheet, and goes back where it came from, or to the menu that opens it. Escape closes it; what was
 * written stays.
 */
function useOpenSheet(close: () => void) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const sheet = region.current;
    const handleKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    sheet?.addEventListener('keydown', handleKey);
    return () => sheet?.removeEventListener('keydown', handleKey);
  }, [close]);
  useEffect(() => {
    const before = document.activeElement;
    const sheet = region.current;
    sheet?.focus({ preventScroll: true });
    return () => {
      if (document.activeElement !== document.body && !sheet?.contains(document.activeElement)) return;
      const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
      const menu = document.querySelector<HTMLElement>('main [role=toolbar] button[aria-haspopup]');
      (isThere ? before : menu)?.focus();
    };
  }, []);
  return region;
}
