import { BegunNotes } from './begun-notes.tsx';
import { LastAttentions } from './last-attentions.tsx';
import { MyDay } from './my-day.tsx';
import { NextInLine } from './next-in-line.tsx';
import styles from './idle-view.module.css';

/** Between two customers: who is next and why, the day so far, the last attentions. */
export function IdleView() {
  return (
    <div className={styles.page}>
      <NextInLine />
      <BegunNotes />
      <MyDay />
      <LastAttentions />
    </div>
  );
}
