import {
  Activity,
  ArrowRightLeft,
  Ban,
  Bookmark,
  CircleDot,
  ContactRound,
  CornerDownRight,
  FileText,
  FileX2,
  Flag,
  Hand,
  ListChecks,
  MessageSquare,
  StickyNote,
  Ticket,
  UserPen,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react';
import type { ActType } from '../../../bridge/act.ts';

const ICONS: Record<ActType, LucideIcon> = {
  'status.choose': CircleDot,
  'status.chooseNext': CornerDownRight,
  'status.setManual': Hand,
  'note.add': StickyNote,
  'message.send': MessageSquare,
  'topics.choose': ListChecks,
  'contact.edit': UserPen,
  'contact.link': ContactRound,
  'attention.finish': Flag,
  'ticket.attendNow': UserRoundCheck,
  'ticket.create': Ticket,
  'ticket.call': Ticket,
  'ticket.transfer': ArrowRightLeft,
  'ticket.requeue': Ticket,
  'ticket.cancel': Ticket,
  'ticket.free': Ticket,
  'attention.begin': Ticket,
  'attention.recall': Ticket,
  'attention.noShow': Ticket,
  'attention.transfer': ArrowRightLeft,
  'mark.add': Bookmark,
  'call.report': Activity,
  'consent.ask': FileText,
  'consent.retract': FileX2,
  'transfer.offer': ArrowRightLeft,
  'transfer.cancel': ArrowRightLeft,
  'transfer.accept': ArrowRightLeft,
  'transfer.decline': ArrowRightLeft,
  'guest.block': Ban,
};

export interface ActIconProps {
  type: ActType;
}

export function ActIcon({ type }: ActIconProps) {
  const Icon = ICONS[type];
  return <Icon size={16} aria-hidden />;
}
