import { StickyNote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Writing } from '../../../bridge/writing.ts';
import { Button } from '../../../web/ui/button.tsx';
import { classNames } from '../../../web/ui/class-names.ts';
import { Panel } from '../../../web/ui/panel.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { Concealed } from '../masking/concealed.tsx';
import { BegunText } from './begun-text.tsx';
import { BegunMark } from './begun-mark.tsx';
import styles from './begun-notes.module.css';

/** What was begun on tickets that ended, passed on or were freed, and never added or sent: nothing written is lost unseen (S2-31). */
export function BegunNotes() {
  const { t } = useTranslation('workspace');
  const drafts = useDeskState(({ handled }) => handled?.drafts);
  const handledWritings = useDeskState(({ handled }) => handled?.writings);
  const notes = useDeskState((state) => state.notes);
  const writings = useDeskState((state) => state.writings);
  const openTicket = useDeskState((state) => state.openTicket);
  const begun = (drafts ?? [])
    .map((draft) => ({ ...draft, text: notes[draft.ticketId]?.text ?? draft.text }))
    .filter(({ text }) => text.trim() !== '');
  // What this window has let go, the desk has not told yet.
  const others = (handledWritings ?? []).filter(
    ({ ticketId, writing }) => writings[`${writing.kind} ${ticketId}`]?.writing !== null && hasWords(writing),
  );
  if (begun.length + others.length === 0) return null;
  return (
    <Panel title={t('begunNotes.title')} isFlush>
      <Concealed>
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
          {others.map(({ ticketId, turnCode, writing }) => {
            const key = `${writing.kind} ${ticketId}`;
            return writing.kind === 'mark' ? (
              <BegunMark key={key} {...{ ticketId, turnCode }} mark={writing} />
            ) : (
              <BegunText key={key} {...{ ticketId, turnCode, writing }} />
            );
          })}
        </ul>
      </Concealed>
    </Panel>
  );
}

/** Of terms that are only chosen nothing was written. */
const hasWords = (writing: Writing): boolean => writing.text.trim() !== '';
