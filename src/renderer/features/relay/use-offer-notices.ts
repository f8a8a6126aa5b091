import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferOffer } from '../../../protocol/video/transfer-offer.ts';
import { maskWords } from '../../../domain/masking/mask-identifier.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { isOpenOffer } from './is-open-offer.ts';

/** An offer to this agent is heard; the end of one is said in a line (S2-37). */
export function useOfferNotices(): void {
  const { store, toasts, playChime, video } = useDeskServices();
  const { t } = useTranslation('relay');

  useEffect(() => {
    const endOfOwn = ({ to, state, reason: whole, failure }: TransferOffer): string | null => {
      const name = to.agentName;
      const reason = video.get()?.shared ? maskWords(whole) : whole;
      switch (state) {
        case 'declined':
          return reason === '' ? t('ended.declined', { name }) : t('ended.declinedBecause', { name, reason });
        case 'failed':
          return t(`ended.${failure ?? 'noMedia'}`, { name });
        case 'timedOut':
        case 'completed':
          return t(`ended.${state}`, { name });
        default:
          return null;
      }
    };
    const endOfOffered = ({ from, state, card }: TransferOffer): string | null =>
      state === 'timedOut' || state === 'cancelled' || state === 'failed'
        ? t(`incoming.ended.${state}`, { name: from.agentName, code: card.turnCode })
        : null;
    const say = (message: string | null): void => {
      if (message !== null) toasts.show({ message });
    };
    return store.subscribe(({ transfer, preferences }, { transfer: before }) => {
      if (transfer === before || !transfer) return;
      const ended = (side: 'own' | 'toMe'): TransferOffer | null => {
        const now = transfer[side];
        return now && !isOpenOffer(now) && isOpenOffer(before?.[side]) && before[side].id === now.id ? now : null;
      };
      const [own, offered] = [ended('own'), ended('toMe')];
      say(own && endOfOwn(own));
      say(offered && endOfOffered(offered));
      const isNew = isOpenOffer(transfer.toMe) && transfer.toMe.id !== before?.toMe?.id;
      if (isNew) playChime(preferences?.soundVolume ?? 0);
    });
  }, [store, toasts, playChime, video, t]);
}
