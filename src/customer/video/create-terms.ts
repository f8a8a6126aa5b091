import type { ConsentAnswer, GuestConsent } from '../../protocol/video/consent.ts';
import type { ConsentApi, ConsentFailure, ConsentOutcome } from './consent-api.ts';
import { furtherConsent } from './further-consent.ts';

/** What is sent and not answered yet by the server. */
export type TermsAct = ConsentAnswer['answer'] | 'withdrawn';

export interface TermsView {
  /** As the server said last; null for none. */
  consent: GuestConsent | null;
  /** The sheet is open; closed, what was asked waits. */
  isOpen: boolean;
  /** Its end has been on the screen. */
  isRead: boolean;
  acting: TermsAct | null;
  /** Of the act tried last; the guest has said nothing as long as the server has not. */
  failure: ConsentFailure | null;
}

export const noTerms: TermsView = { consent: null, isOpen: false, isRead: false, acting: null, failure: null };

const RETRY_MS = 3_000;

export type TermsDesk = ReturnType<typeof createTerms>;

export interface TermsPorts {
  /** Whether the page is before somebody's eyes: what lies in a hidden tab has not been opened. */
  isSeen: () => boolean;
  show: (view: TermsView) => void;
}

/**
 * The guest's side of an asking for consent. What is on the screen is said to the server as it happens; an answer counts once the
 * server has said so, never before (trust T24).
 */
export function createTerms(api: ConsentApi, { isSeen, show }: TermsPorts) {
  let view = noTerms;
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** What the server knows of: `opened <id>`, `read <id>`. */
  const told = new Set<string>();

  const change = (part: Partial<TermsView>): void => {
    view = { ...view, ...part };
    show(view);
  };

  const take = (heard: GuestConsent): void => {
    const { consent: known } = view;
    const isNew = known?.id !== heard.id;
    const consent = furtherConsent(known, heard);
    if (consent === known) return;
    change({
      consent,
      ...(isNew && { isOpen: consent.state === 'asked', isRead: consent.readAt !== null, acting: null, failure: null }),
      // The line has told the outcome of what seemed lost.
      ...(!isNew && known?.state !== consent.state && { failure: null }),
    });
    if (isNew) tellSeen();
  };

  const isCurrent = (id: string): boolean => view.consent?.id === id;

  const seen = async (step: 'opened' | 'read'): Promise<ConsentOutcome | null> => {
    const { consent } = view;
    if (consent === null || told.has(`${step} ${consent.id}`)) return null;
    const outcome = await api.seen(consent.id, step, consent.text);
    if ('consent' in outcome) {
      told.add(`${step} ${consent.id}`);
      if (isCurrent(consent.id)) take(outcome.consent);
    }
    return outcome;
  };

  /** Says what has been seen and the server does not know, until it does: nobody is kept from reading meanwhile. */
  const tellSeen = (): void => {
    clearTimeout(retry);
    const { consent, isOpen, isRead } = view;
    if (consent?.state !== 'asked' || !isOpen || !isSeen()) return;
    void (async () => {
      const opened = await seen('opened');
      const last = isRead && (opened === null || 'consent' in opened) ? await seen('read') : opened;
      const isLost = last !== null && 'failure' in last && last.failure !== 'expired' && last.failure !== 'version';
      if (isLost) retry = setTimeout(tellSeen, RETRY_MS);
    })();
  };

  const act = async (acting: TermsAct, send: (consent: GuestConsent) => Promise<ConsentOutcome>): Promise<void> => {
    const { consent } = view;
    if (consent === null || view.acting !== null) return;
    change({ acting, failure: null });
    const outcome = await send(consent);
    if (!isCurrent(consent.id)) return;
    change({ acting: null, failure: 'failure' in outcome ? outcome.failure : null });
    if ('consent' in outcome) take(outcome.consent);
  };

  return {
    /** What the server's line says; undefined where there is none. */
    hear: (consent: GuestConsent | undefined): void => {
      if (consent) take(consent);
      else if (view.consent !== null) change(noTerms);
    },
    open: (): void => {
      change({ isOpen: true });
      tellSeen();
    },
    /** Puts it aside; that is no answer. */
    close: (): void => change({ isOpen: false, failure: null }),
    /** Its end is on the screen. */
    readToEnd: (): void => {
      if (view.isRead || view.consent?.state !== 'asked') return;
      change({ isRead: true });
      tellSeen();
    },
    answer: (answer: ConsentAnswer['answer']): void =>
      void act(answer, async (consent) => {
        // An answer to what was never shown would be refused.
        const opened = await seen('opened');
        if (opened && 'failure' in opened) return opened;
        return api.answer(consent.id, answer, consent.text);
      }),
    withdraw: (): void => void act('withdrawn', (consent) => api.withdraw(consent.id, consent.text)),
    /** The page is looked at again, or its line is back. */
    wake: tellSeen,
    /** The visit is over. */
    end: (): void => clearTimeout(retry),
  };
}
