import type { DeskStore } from '../../stores/create-desk-store.ts';

export const TERMS_SHEET_ID = 'terms-sheet';

/** Opens the sheet of the video in hand, or goes to it where it is open; nothing while there is none that is attended. */
export function openTerms(store: DeskStore): void {
  const { current, openTicket, showTerms } = store.getState();
  const header = current?.ticket?.header;
  if (header?.kind !== 'virtual' || header.state !== 'attending' || header.holder === null) return;
  openTicket(null);
  showTerms(header.holder.attentionId);
  document.getElementById(TERMS_SHEET_ID)?.focus();
}
