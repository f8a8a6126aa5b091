import { useTranslation } from 'react-i18next';
import type { TicketHeader, TicketState } from '../../../protocol/ticket.ts';
import { Chip } from '../../../web/ui/chip.tsx';
import type { Status } from '../../../web/ui/status-glyph.tsx';
import { OutcomeWord } from './outcome-word.tsx';

const STATUS: Partial<Record<TicketState, Status>> = {
  waiting: 'waiting',
  calling: 'calling',
  attending: 'attending',
  paused: 'paused',
  outOfHours: 'outOfHours',
};

export interface TicketStateChipProps {
  header: Pick<TicketHeader, 'state' | 'outcome'>;
}

/** The state of a ticket in its own shape and colour; of a closed one, how it ended. */
export function TicketStateChip({ header: { state, outcome } }: TicketStateChipProps) {
  const { t } = useTranslation('states');
  if (outcome !== null) return <OutcomeWord outcome={outcome} />;
  return <Chip status={STATUS[state]}>{t(`ticket.${state}`)}</Chip>;
}
