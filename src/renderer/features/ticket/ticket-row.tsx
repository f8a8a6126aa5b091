import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import { classNames } from '../../../web/ui/class-names.ts';
import { useService } from '../../start/use-working.ts';
import { useRowWords } from '../masking/use-row-words.ts';
import { KindIcon } from './kind-icon.tsx';
import styles from './ticket-row.module.css';

export interface TicketRowProps {
  header: TicketHeader;
  /** At the right of the name: a wait, an hour, a running time. */
  figure: string;
  /** `late` asks to be seen: an appointment past its hour. The others are running times of their states. */
  tone?: 'late' | 'calling' | 'attending' | undefined;
  /** On the third line in place of the document. */
  detail?: string | undefined;
  /** Before it. */
  mark?: ReactNode;
  /** At the right of the third line: a state, or buttons. */
  children?: ReactNode;
  /** A fourth line. */
  foot?: ReactNode;
}

/** Who, since when; code, kind, service; document. Only the third line may be cut. */
export function TicketRow({ header, figure, tone, detail, mark, children, foot }: TicketRowProps) {
  const { t } = useTranslation('states');
  const service = useService(header.serviceId);
  const { name, document } = useRowWords(header);
  return (
    <div className={styles.row}>
      <span className={styles.icon}>
        <KindIcon kind={header.kind} />
      </span>
      <div className={styles.first}>
        <strong className={styles.name}>{name}</strong>
        <span className={classNames(styles.figure, tone && styles[tone])}>{figure}</span>
      </div>
      <div className={styles.second}>
        <strong>{header.turnCode}</strong>
        {` · ${t(`kind.${header.kind}`)} · ${service?.name ?? ''}`}
      </div>
      <div className={styles.third}>
        {mark}
        <span className={styles.document}>
          {detail ?? (header.priority === 'preferente' ? `${document} · ${t('priority.preferente')}` : document)}
        </span>
        {children}
      </div>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </div>
  );
}
