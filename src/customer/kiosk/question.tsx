import styles from './question.module.css';

export interface QuestionProps {
  title: string;
  hint: string;
  /** What was chosen already. */
  before?: string;
}

/** What a step asks, at its head. */
export function Question({ title, hint, before }: QuestionProps) {
  return (
    <div className={styles.words}>
      {before !== undefined && <p className={styles.before}>{before}</p>}
      <h1>{title}</h1>
      <p className={styles.hint}>{hint}</p>
    </div>
  );
}
