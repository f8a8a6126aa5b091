import { v7 as uuidv7 } from 'uuid';
import type { IssueTicket } from '../../protocol/http/public-api.ts';
import { languageOf, type Language } from '../../texts/create-texts.ts';
import { retryDelay } from '../live/retry-delay.ts';
import { documentSigns, SHORTEST_DOCUMENT } from './document-keys.ts';
import { isRefusal } from './is-refusal.ts';
import type { KioskApi } from './kiosk-api.ts';
import type { KioskState, KioskStep } from './kiosk-state.ts';

const IDLE_MS = 30_000;
const WARNING_MS = 10_000;
const TICKET_SHOWN_MS = 12_000;
const BETWEEN_TICKETS_MS = 3_000;
const REFRESH_MS = 15_000;
const LOOK_MS = 250;

export type Kiosk = ReturnType<typeof createKiosk>;

/**
 * What stands before the customer, from the first touch to the ticket, and what is forgotten afterwards (trust T20).
 * `api` is null on a browser that was not paired. One ticket in 3 s at most.
 *
 * While it is not known whether a request made a ticket, the same request goes out again with the same key until it
 * is known, and the customer can ask for nothing else: only a refusal allows another ticket. Once they leave, by the
 * way out or by 30 s without a touch, the request is forgotten with them and never sent again. To send it is the only
 * way to learn what became of it, and where the first one was lost on its way that would make a ticket for nobody;
 * nothing that a kiosk may ask takes a ticket back. A ticket that had been made stays in the line, is called, and
 * ends as "No se presenta", like any other whose customer left.
 */
export function createKiosk(api: KioskApi | null, chance: () => number = Math.random) {
  const listeners = new Set<() => void>();
  let state: KioskState = {
    offer: null,
    trouble: api === null ? 'unpaired' : null,
    language: 'es',
    isHighContrast: false,
    isPreferente: false,
    step: { name: 'services' },
    secondsLeft: null,
  };
  /** Everything before this instant of the monotonic clock is forgotten at it. */
  let forgetsAt = 0;
  let lastSentAt = -BETWEEN_TICKETS_MS;
  /** Answers for a customer who has gone are dropped. */
  let visit = 0;
  let failures = 0;
  let refresh: ReturnType<typeof setTimeout> | undefined;
  /** The request that waits to be sent. */
  let send: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;

  const show = (change: Partial<KioskState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const branchLanguage = (): Language => languageOf(state.offer?.locale ?? 'es');

  const hasSomethingToForget = (): boolean =>
    state.step.name !== 'services' || state.isPreferente || state.isHighContrast || state.language !== branchLanguage();

  const look = (): void => {
    if (!hasSomethingToForget()) return;
    const left = forgetsAt - performance.now();
    if (left <= 0) {
      reset();
      return;
    }
    const isShown = left <= WARNING_MS || state.step.name === 'ticket';
    const secondsLeft = isShown ? Math.ceil(left / 1_000) : null;
    if (secondsLeft !== state.secondsLeft) show({ secondsLeft });
  };

  const touch = (): void => {
    forgetsAt = performance.now() + (state.step.name === 'ticket' ? TICKET_SHOWN_MS : IDLE_MS);
    look();
  };

  /** What the customer did: it also says that they are there. */
  const act = (change: Partial<KioskState>): void => {
    show({ ...change, secondsLeft: null });
    touch();
  };

  const reset = (): void => {
    visit += 1;
    clearTimeout(send);
    show({
      step: { name: 'services' },
      isPreferente: false,
      isHighContrast: false,
      language: branchLanguage(),
      secondsLeft: null,
    });
    void askOffer();
  };

  const askOffer = async (): Promise<void> => {
    clearTimeout(refresh);
    if (api === null) return;
    const asked = visit;
    const { value: offer, failure } = await api.offer();
    // A newer question is on its way.
    if (asked !== visit) return;
    if (failure !== undefined) {
      const isUnknown = failure === 'unpaired' || failure === 'NOT_FOUND';
      show({ trouble: isUnknown ? 'unpaired' : 'offline' });
      refresh = setTimeout(() => void askOffer(), retryDelay(failures, chance()));
      failures += 1;
      return;
    }
    const isFirst = state.offer === null;
    failures = 0;
    show({ offer, trouble: null, ...(isFirst && { language: languageOf(offer.locale) }) });
    refresh = setTimeout(() => void askOffer(), REFRESH_MS);
  };

  const issue = async (step: Extract<KioskStep, { name: 'document' }>, withDocument: boolean): Promise<void> => {
    if (api === null) return;
    const request: IssueTicket = {
      service: step.service.slug,
      kind: step.service.kind === 'video' ? 'virtual' : 'turn',
      priority: state.isPreferente ? 'preferente' : 'normal',
      ...(withDocument && { contact: { documentType: step.documentType, documentNumber: step.documentNumber } }),
    };
    const key = uuidv7();
    const { name: serviceName, kind: serviceKind } = step.service;
    const mine = visit;
    act({ step: { ...step, isSending: true, failure: null } });
    for (let unanswered = 0; ; unanswered += 1) {
      const tooSoon = lastSentAt + BETWEEN_TICKETS_MS - performance.now();
      const pause = unanswered === 0 ? tooSoon : Math.max(tooSoon, retryDelay(unanswered, chance()));
      if (pause > 0) await new Promise((resolve) => (send = setTimeout(resolve, pause)));
      lastSentAt = performance.now();
      const { value: ticket, failure } = await api.issue(request, key);
      if (mine !== visit) return;
      if (failure === undefined) {
        act({ step: { name: 'ticket', serviceName, serviceKind, ticket } });
        return;
      }
      if (isRefusal(failure, { isFirst: unanswered === 0 })) {
        act({ step: { ...step, isSending: false, failure } });
        return;
      }
      if (unanswered === 0) act({ step: { name: 'confirming', serviceName } });
    }
  };

  return {
    get: (): KioskState => state,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Returns the way to stop it. */
    start: (): (() => void) => {
      void askOffer();
      watch = setInterval(look, LOOK_MS);
      return () => {
        clearTimeout(refresh);
        clearTimeout(send);
        clearInterval(watch);
      };
    },
    /** Somebody is there. */
    touch,
    /** Forgets the customer and goes back to the start. */
    reset,
    chooseLanguage: (language: Language): void => act({ language }),
    toggleContrast: (): void => act({ isHighContrast: !state.isHighContrast }),
    togglePreferente: (): void => act({ isPreferente: !state.isPreferente }),
    chooseService: (slug: string): void => {
      const service = state.offer?.services.find((offered) => offered.slug === slug);
      if (!service || state.step.name !== 'services') return;
      const documentType = state.offer?.documentTypes[0] ?? '';
      act({
        step: { name: 'document', service, documentType, documentNumber: '', isSending: false, failure: null },
      });
    },
    /** Back to the services, without what was written. */
    goBack: (): void => {
      if (state.step.name !== 'document' || state.step.isSending) return;
      act({ step: { name: 'services' } });
    },
    chooseDocumentType: (documentType: string): void => {
      const { step } = state;
      if (step.name !== 'document' || step.isSending) return;
      const documentNumber = documentSigns(documentType, step.documentNumber);
      act({ step: { ...step, documentType, documentNumber, failure: null } });
    },
    /** `typed` as it stands in the field, dots and all. */
    writeDocument: (typed: string): void => {
      const { step } = state;
      if (step.name !== 'document' || step.isSending) return;
      act({ step: { ...step, documentNumber: documentSigns(step.documentType, typed), failure: null } });
    },
    takeTurn: ({ withDocument }: { withDocument: boolean }): void => {
      const { step } = state;
      if (step.name !== 'document' || step.isSending) return;
      if (withDocument && step.documentNumber.length < SHORTEST_DOCUMENT) {
        act({ step: { ...step, failure: 'tooShort' } });
        return;
      }
      void issue(step, withDocument);
    },
  };
}
