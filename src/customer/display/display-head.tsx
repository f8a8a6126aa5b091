import type { DisplayState } from '../../protocol/http/public-api.ts';
import type { Instant } from '../../protocol/instant.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { BrandMark } from '../brand/brand-mark.tsx';
import { useNow } from '../live/use-now.ts';
import styles from './display-head.module.css';

export interface DisplayHeadProps {
  state: DisplayState;
  formats: Formats;
  /** The word of a demonstration. */
  demo: string;
  now: () => Instant;
}

/** Whose room this is, and the hour in the branch's zone by the server's clock. */
export function DisplayHead({ state, formats, demo, now }: DisplayHeadProps) {
  const at = useNow(now);
  return (
    <header className={styles.head}>
      <BrandMark />
      <p className={styles.place}>
        {state.companyName} · {state.branchName}
      </p>
      {state.isDemo && <p className={styles.demo}>{demo}</p>}
      <p className={styles.date}>{formats.longDate(at)}</p>
      <p className={styles.hour}>{formats.hour(at)}</p>
    </header>
  );
}
