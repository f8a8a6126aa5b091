import { StickyNote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { Panel } from '../../../web/ui/panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import styles from './begun-notes.module.css';

/** Notes begun on tickets that ended, passed on or were freed, and never added: nothing written is lost unseen (S2-31). */
export function BegunNotes() {
  const { t } = useTranslation('workspace');
  const drafts = useDeskState(({ handled }) => handled?.drafts);
  const notes = useDeskState((state) => state.notes);
  const openTicket = useDeskState((state) => state.openTicket);
  const begun = (drafts ?? [])
    .map((draft) => ({ ...draft, text: notes[draft.ticketId]?.text ?? draft.text }))
    .filter(({ text }) => text.trim() !== '');
  if (begun.length === 0) return null;
  return (
    <Panel title={t('begunNotes.title')} isFlush>
      <ul>
        {begun.map(({ ticketId, turnCode, text }) => (
          <li key={ticketId} className={styles.note}>
            <StickyNote size={16} aria-hidden />
            {turnCode === null ? (
              // There is nothing left to open: here it can be read and copied.
              <span className={classNames(styles.text, styles.whole)}>{text}</span>
            ) : (
              <>
                <strong>{turnCode}</strong>
                <span className={styles.text}>{text}</span>
                <Button size="small" onPress={() => openTicket(ticketId)}>
                  {t('begunNotes.open', { code: turnCode })}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
