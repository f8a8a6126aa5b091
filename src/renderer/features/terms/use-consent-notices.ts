import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentState } from '../../../protocol/video/consent.ts';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { customerName } from '../ticket/customer-name.ts';
import { openTerms } from './open-terms.ts';

const TOLD = ['accepted', 'refused', 'withdrawn'] as const;
const isTold = (state: ConsentState): state is (typeof TOLD)[number] => TOLD.some((told) => told === state);

/** Tells the customer's answer while the sheet is closed. What was answered before this screen was there is not told. */
export function useConsentNotices(): void {
  const { t } = useTranslation('terms');
  const { t: common } = useTranslation('common');
  const { store, toasts } = useDeskServices();
  const ticket = useDeskState(({ current }) => current?.ticket ?? null);
  const isShown = useDeskState(
    ({ current, openedTicketId, isOutboxShown, termsAttentionId }) =>
      termsAttentionId !== null &&
      current?.ticket?.header.holder?.attentionId === termsAttentionId &&
      (openedTicketId === null || openedTicketId === current.ticket.header.id) &&
      !isOutboxShown,
  );
  const known = useRef<{ ticketId: string; states: ReadonlyMap<string, ConsentState> } | null>(null);
  useEffect(() => {
    const before = known.current;
    const consents = ticket?.consents ?? [];
    known.current = ticket && {
      ticketId: ticket.header.id,
      states: new Map(consents.map(({ id, state }) => [id, state])),
    };
    if (!ticket || isShown || before?.ticketId !== ticket.header.id) return;
    for (const { id, state, title } of consents) {
      const earlier = before.states.get(id);
      if (earlier === undefined || earlier === state || !isTold(state)) continue;
      const message = t(`notice.${state}`, { name: customerName(ticket) ?? common('customer'), title });
      toasts.show({ message, action: { label: t('notice.show'), onPress: () => openTerms(store) } });
    }
  }, [ticket, isShown, t, common, toasts, store]);
}
