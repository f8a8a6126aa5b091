import { StickyNote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import styles from './begun-notes.module.css';

/** Notes begun on tickets that ended meanwhile and never added: nothing written is lost unseen (S2-31). */
export function BegunNotes() {
  const { t } = useTranslation('workspace');
  const tickets = useDeskState(({ handled }) => handled?.tickets);
  const drafts = useDeskState(({ handled }) => handled?.drafts);
  const notes = useDeskState((state) => state.notes);
  const openTicket = useDeskState((state) => state.openTicket);
  const begun = (drafts ?? []).flatMap(({ ticketId, text: kept }) => {
    const text = notes[ticketId]?.text ?? kept;
    const header = tickets?.find(({ id, closedAt }) => id === ticketId && closedAt !== null);
    return header && text.trim() !== '' ? [{ header, text }] : [];
  });
  if (begun.length === 0) return null;
  return (
    <Panel title={t('begunNotes.title')} isFlush>
      <ul>
        {begun.map(({ header, text }) => (
          <li key={header.id} className={styles.note}>
            <StickyNote size={16} aria-hidden />
            <strong>{header.turnCode}</strong>
            <span className={styles.text}>{text}</span>
            <Button size="small" onPress={() => openTicket(header.id)}>
              {t('begunNotes.open', { code: header.turnCode })}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
