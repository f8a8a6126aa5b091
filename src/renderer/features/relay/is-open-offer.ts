import type { TransferOffer } from '../../../protocol/video/transfer-offer.ts';

type OpenOffer = TransferOffer & { state: 'offered' | 'accepted' };

/** Whether the offer still waits for its answer, or for the media of who accepted. */
export const isOpenOffer = (offer: TransferOffer | null | undefined): offer is OpenOffer =>
  offer?.state === 'offered' || offer?.state === 'accepted';

/** Whole seconds until an open offer ends by itself, by the server's clock. */
export const secondsLeft = ({ dueAt }: TransferOffer, now: number): number =>
  Math.max(0, Math.ceil((dueAt - now) / 1000));
