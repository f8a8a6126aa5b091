import { useTranslation } from 'react-i18next';
import { lineSince } from '../../../domain/queue/line-since.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useService } from '../../start/use-working.ts';
import styles from './ticket-facts.module.css';

export interface TicketFactsProps {
  header: TicketHeader;
}

/** The particulars of a ticket that no other place on screen shows. */
export function TicketFacts({ header }: TicketFactsProps) {
  const { t } = useTranslation('contact');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const service = useService(header.serviceId);
  const waitedUntil = header.calledAt ?? header.attendingSince ?? header.closedAt ?? now;
  const facts: [string, string][] = [
    [t('ticket.number'), formats.number(header.number)],
    [t('ticket.service'), service?.name ?? '—'],
    [t('ticket.kind'), stateName(`kind.${header.kind}`)],
    [t('ticket.priority'), stateName(`priority.${header.priority}`)],
    [t('ticket.origin'), t(`origin.${header.origin}`)],
    [t('ticket.createdAt'), formats.whenWithHour(header.createdAt, now)],
    [t('ticket.waited'), formats.wait(waitedUntil - lineSince(header))],
    [t('ticket.calls'), formats.number(header.callCount)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
