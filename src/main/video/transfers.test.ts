import { expect, test } from 'vitest';
import type { TransferFact } from '../../bridge/facts.ts';
import type { AgentId, OfferId } from '../../protocol/ids.ts';
import { TransferOffer, type OfferState } from '../../protocol/video/transfer-offer.ts';
import { createTransfers } from './transfers.ts';

const id = (last: number): string => `0198f0d0-0000-7000-8000-${String(last).padStart(12, '0')}`;
const me = id(1) as AgentId;
const offerOf = (last: number, from: string, to: string, state: OfferState): TransferOffer =>
  TransferOffer.parse({
    id: id(100 + last),
    ticketId: id(2),
    attentionId: id(3),
    epoch: 1,
    nextAttentionId: id(4),
    from: { agentId: from, agentName: 'Ana Rojas' },
    to: { agentId: to, agentName: 'Luis Peña' },
    state,
    comment: '',
    reason: '',
    failure: null,
    dueAt: 1_795_252_000_000,
    card: { turnCode: 'A-001', serviceId: id(5), customerName: null, attendingSince: null, topics: 0, notes: 0 },
  });

function transfersOf() {
  const facts: TransferFact[] = [];
  const transfers = createTransfers({ agentId: () => me, changed: (fact) => facts.push(fact) });
  const shown = () => facts.at(-1) as unknown as Record<'own' | 'toMe', { id: OfferId; state: string } | null>;
  return { transfers, shown, facts };
}

test('[S2-37] an offer of this agent and one to them stand apart, each as it was told last', () => {
  const { transfers, shown } = transfersOf();
  transfers.take([offerOf(1, me, id(9), 'offered'), offerOf(2, id(9), me, 'offered')]);
  transfers.take([offerOf(1, me, id(9), 'declined')]);
  expect(shown().own?.state).toBe('declined');
  expect(shown().toMe?.state).toBe('offered');
});

test('[R10] what comes late of an offer that is over does not open it again, nor end the one that is open', () => {
  const { transfers, shown } = transfersOf();
  transfers.take([offerOf(1, id(9), me, 'timedOut')]);
  transfers.take([offerOf(1, id(9), me, 'offered')]);
  expect(shown().toMe?.state).toBe('timedOut');
  transfers.take([offerOf(2, id(9), me, 'offered'), offerOf(1, id(9), me, 'timedOut')]);
  expect(shown().toMe).toMatchObject({ id: id(102), state: 'offered' });
});

test('[S2-52] the next agent is told of nothing', () => {
  const { transfers, shown } = transfersOf();
  transfers.take([offerOf(1, me, id(9), 'offered')]);
  transfers.forget();
  expect(shown()).toEqual({ own: null, toMe: null });
});

test('[S2-37] [R17] what ended while there was no line stands here no more, and what is open is told anew', () => {
  const { transfers, shown } = transfersOf();
  transfers.take([offerOf(1, me, id(9), 'offered'), offerOf(2, id(9), me, 'offered')]);
  transfers.takeAll([offerOf(2, id(9), me, 'accepted')]);
  expect(shown()).toMatchObject({ own: null, toMe: { id: id(102), state: 'accepted' } });
  transfers.takeAll([]);
  expect(shown()).toEqual({ own: null, toMe: null });
});

test('[S2-37] how the last one ended is not forgotten by connecting anew', () => {
  const { transfers, shown } = transfersOf();
  transfers.take([offerOf(1, me, id(9), 'declined')]);
  transfers.takeAll([]);
  expect(shown().own?.state).toBe('declined');
});
