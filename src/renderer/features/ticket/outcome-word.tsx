import { Ban, Check, DoorOpen, UserX, Wrench, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TicketOutcome } from '../../../protocol/ticket.ts';
import styles from './outcome-word.module.css';

const ICONS: Record<TicketOutcome, LucideIcon> = {
  finished: Check,
  cancelled: Ban,
  noShow: UserX,
  abandoned: DoorOpen,
  serviceRequested: Wrench,
};

export interface OutcomeWordProps {
  outcome: TicketOutcome;
}

/** How a ticket ended: glyph and word. */
export function OutcomeWord({ outcome }: OutcomeWordProps) {
  const { t } = useTranslation('states');
  const Icon = ICONS[outcome];
  return (
    <span className={styles.outcome}>
      <Icon size={14} aria-hidden />
      {t(`outcome.${outcome}`)}
    </span>
  );
}
