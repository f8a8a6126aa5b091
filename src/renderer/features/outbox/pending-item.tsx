import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '../../../bridge/facts.ts';
import { useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { useWorking } from '../../start/use-working.ts';
import { ActIcon } from './act-icon.tsx';
import { actWords } from './act-words.ts';
import styles from './outbox-panel.module.css';

export interface PendingItemProps {
  item: OutboxItem;
}

/** What will be sent by itself. */
export function PendingItem({ item }: PendingItemProps) {
  const { i18n } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { services } = useWorking();
  const { title, detail } = actWords(item, services, i18n);
  return (
    <li className={styles.item}>
      <ActIcon type={item.act.type} />
      <div className={styles.words}>
        <div className={styles.firstLine}>
          <strong>{title}</strong>
          <span className={styles.hour}>{formats.when(item.at, now)}</span>
        </div>
        {detail !== null && <p>{detail}</p>}
      </div>
    </li>
  );
}
