import type { TicketView } from '../../../bridge/facts.ts';

/** Whole name where the desk has the contact, else the header's; null when nobody said. */
export function customerName({ contact, header }: Pick<TicketView, 'contact' | 'header'>): string | null {
  const whole = contact ? `${contact.firstName} ${contact.lastName}`.trim() : '';
  return whole === '' ? header.displayName : whole;
}
