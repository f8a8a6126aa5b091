import type { GuestConsent, GuestReceipt } from '../../protocol/video/consent.ts';

/** All that the guest may keep, the newest first: what the line has told, and the answer that it had no time to tell. */
export function receiptsOf(
  told: readonly GuestReceipt[] | undefined,
  consent: GuestConsent | null,
): readonly GuestReceipt[] {
  const receipts = told ?? [];
  const folio = consent?.withdrawalFolio ?? consent?.folio ?? null;
  if (consent === null || folio === null || consent.receiptUrl === null) return receipts;
  const { id, title, state, receiptUrl } = consent;
  return [{ id, title, state, folio, receiptUrl }, ...receipts.filter((receipt) => receipt.id !== id)];
}
