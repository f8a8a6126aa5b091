import type { ReactNode } from 'react';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { Ficha } from '../../../web/ui/ficha.tsx';
import { useService } from '../../start/use-working.ts';
import styles from './ticket-subject.module.css';

export interface TicketSubjectProps {
  header: TicketHeader;
  /** Before the service: the state. */
  state: ReactNode;
  /** After it: "Por enviar". */
  mark?: ReactNode;
  /** The line below: customer, document, hours. What is not known is left out. */
  facts: readonly (string | false | null | undefined)[];
  /** At the right end. */
  children?: ReactNode;
}

/** What column 2 is about: code, state, service and a line of facts. */
export function TicketSubject({ header, state, mark, facts, children }: TicketSubjectProps) {
  const service = useService(header.serviceId);
  return (
    <div className={styles.subject}>
      <Ficha code={header.turnCode} size={26} />
      <div className={styles.words}>
        <div className={styles.title}>
          {state}
          <h2>{service?.name}</h2>
          {mark}
        </div>
        <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      {children}
    </div>
  );
}
