import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HeldRow as HeldRowFact } from '../../../bridge/facts.ts';
import { callState } from '../../../domain/views/call-state.ts';
import { Button } from '../../../web/ui/button.tsx';
import { StatusWord } from '../../../web/ui/status-word.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import { TicketRow } from '../ticket/ticket-row.tsx';
import { useLineReason } from '../ticket/use-line-reason.ts';
import styles from './held-list.module.css';
import { useSilentHour } from './use-silent-hour.ts';
import { useSupervises } from './use-supervises.ts';

export interface HeldRowProps {
  row: HeldRowFact;
}

/** Who is attended by whom, where and for how long; who supervises may free what another holds. */
export function HeldRow({ row }: HeldRowProps) {
  const { t } = useTranslation('tickets');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const silentHour = useSilentHour();
  const { agent } = useWorking();
  const supervises = useSupervises();
  const needsLine = useLineReason();
  const openDialog = useDeskState((state) => state.openDialog);
  const { header, since, moduleName, silentSince } = row;
  const { id: ticketId, turnCode, holder } = header;
  const state = callState(header);
  return (
    <TicketRow
      header={header}
      figure={formats.wait(now - since)}
      detail={moduleName === null ? holder.agentName : `${holder.agentName} · ${moduleName}`}
      foot={
        <>
          {silentSince !== null ? (
            <span className={styles.silent}>
              <CloudOff size={14} aria-hidden />
              {t('held.silentSince', { hour: silentHour(silentSince) })}
            </span>
          ) : (
            <StatusWord status={state ?? 'paused'}>{stateName(`ticket.${header.state}`)}</StatusWord>
          )}
          {supervises && holder.agentId !== agent.id && (
            <Button
              size="small"
              unavailable={needsLine}
              icon={needsLine === undefined ? undefined : <CloudOff size={16} aria-hidden />}
              onPress={() =>
                openDialog({
                  type: 'freeTicket',
                  ticketId,
                  turnCode,
                  attentionId: holder.attentionId,
                  holderName: holder.agentName,
                  silentSince,
                })
              }
            >
              {t('held.free')}
            </Button>
          )}
        </>
      }
    />
  );
}
