import type { TransferFact } from '../../bridge/facts.ts';
import type { AgentId, OfferId } from '../../protocol/ids.ts';
import type { TransferOffer } from '../../protocol/video/transfer-offer.ts';

interface Options {
  /** Who works here; null for nobody. */
  agentId: () => AgentId | null;
  changed: (fact: TransferFact) => void;
}

const nothing: TransferFact = { own: null, toMe: null };
const isOpen = (offer: TransferOffer | null): boolean => offer?.state === 'offered' || offer?.state === 'accepted';

/**
 * The live videos that pass between this agent and a colleague, in memory alone: the server tells anew on connecting which of
 * them are open.
 */
export function createTransfers({ agentId, changed }: Options) {
  let fact = nothing;
  /** Offers that are over: what comes late of one does not open it again. */
  const over = new Set<OfferId>();

  const put = (offer: TransferOffer): void => {
    if (isOpen(offer) && over.has(offer.id)) return;
    if (!isOpen(offer)) over.add(offer.id);
    const side = offer.from.agentId === agentId() ? 'own' : 'toMe';
    // The end of an earlier one says nothing of the one that is open.
    if (!isOpen(offer) && isOpen(fact[side]) && fact[side]?.id !== offer.id) return;
    fact = { ...fact, [side]: offer };
  };

  return {
    take: (offers: readonly TransferOffer[]): void => {
      if (offers.length === 0) return;
      for (const offer of offers) put(offer);
      changed(fact);
    },
    /** On connecting: all that are open. What ended while there was no line was not told, and stands here as open. */
    takeAll: (offers: readonly TransferOffer[]): void => {
      const isGone = (offer: TransferOffer | null): boolean =>
        isOpen(offer) && offers.every(({ id }) => id !== offer?.id);
      const { own, toMe } = fact;
      fact = { own: isGone(own) ? null : own, toMe: isGone(toMe) ? null : toMe };
      for (const offer of offers) put(offer);
      changed(fact);
    },
    /** Another agent, or nobody, sits here now. */
    forget: (): void => {
      fact = nothing;
      over.clear();
      changed(fact);
    },
  };
}
