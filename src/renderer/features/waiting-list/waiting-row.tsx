import { ArrowRightLeft, CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { lineSince } from '../../../domain/queue/line-since.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Button } from '../../../web/ui/button.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { ReadinessChip } from '../ticket/readiness-chip.tsx';
import { TicketRow } from '../ticket/ticket-row.tsx';
import { useBusyReason } from '../ticket/use-busy-reason.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { useReadinessWords } from '../ticket/use-readiness-words.ts';
import { transferOf } from '../transfer/transfer-of.ts';

export interface WaitingRowProps {
  header: TicketHeader;
  isManual: boolean;
  onCall: (header: TicketHeader) => void;
}

/** A row of the line; with "Atención manual" the agent chooses whom to call or pass on (S2-13). */
export function WaitingRow({ header, isManual, onCall }: WaitingRowProps) {
  const { t } = useTranslation('tickets');
  const formats = useFormats();
  const now = useNow();
  const openDialog = useDeskState((state) => state.openDialog);
  const busy = useBusyReason();
  const needsLine = useLineReason();
  const { appointmentAt, readiness } = header;
  const words = useReadinessWords();
  const figure = appointmentAt === null ? formats.wait(now - lineSince(header)) : formats.hour(appointmentAt);
  return (
    <TicketRow
      header={header}
      figure={figure}
      tone={appointmentAt !== null && appointmentAt < now ? 'late' : undefined}
      detail={readiness ? words(readiness) : undefined}
      mark={isManual && readiness && <ReadinessChip readiness={readiness} />}
    >
      {!isManual && readiness && <ReadinessChip readiness={readiness} />}
      {isManual && (
        <>
          <IconButton
            label={t('transfer')}
            variant="outlined"
            size="small"
            unavailable={needsLine}
            onPress={() => openDialog(transferOf(header, false))}
          >
            {needsLine === undefined ? <ArrowRightLeft size={16} aria-hidden /> : <CloudOff size={16} aria-hidden />}
          </IconButton>
          <Button size="small" unavailable={needsLine ?? busy} onPress={() => onCall(header)}>
            {t('attend')}
          </Button>
        </>
      )}
    </TicketRow>
  );
}
