import { CalendarClock, Inbox, MessageCircle, PhoneIncoming, Ticket, Video, type LucideIcon } from 'lucide-react';
import type { TicketKind } from '../../../protocol/ticket.ts';

const ICONS: Record<TicketKind, LucideIcon> = {
  turn: Ticket,
  appointment: CalendarClock,
  virtual: Video,
  call: PhoneIncoming,
  chat: MessageCircle,
  inquiry: Inbox,
};

export interface KindIconProps {
  kind: TicketKind;
}

/** The word of the kind always stands beside it. */
export function KindIcon({ kind }: KindIconProps) {
  const Icon = ICONS[kind];
  return <Icon size={16} aria-hidden />;
}
