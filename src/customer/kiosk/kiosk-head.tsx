import { useMemo } from 'react';
import type { KioskOffer } from '../../protocol/http/public-api.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { BrandMark } from '../brand/brand-mark.tsx';
import { createServerClock } from '../live/server-clock.ts';
import { useNow } from '../live/use-now.ts';
import styles from './kiosk-head.module.css';

export interface KioskHeadProps {
  offer: KioskOffer | null;
  formats: Formats;
  /** The word of a demonstration. */
  demo: string;
}

/** Whose branch this is, and its hour by the server's clock; by the kiosk's own before the first offer. */
export function KioskHead({ offer, formats, demo }: KioskHeadProps) {
  const now = useMemo(() => {
    const clock = createServerClock();
    if (offer) clock.hear(offer.serverTime);
    return clock.now;
  }, [offer]);
  const at = useNow(now);
  return (
    <header className={styles.head}>
      <BrandMark />
      <div className={styles.place}>
        <p className={styles.company}>{offer?.companyName}</p>
        <p className={styles.branch}>{offer?.branchName}</p>
      </div>
      {offer?.isDemo === true && <p className={styles.demo}>{demo}</p>}
      <div className={styles.time}>
        <p className={styles.hour}>{formats.hour(at)}</p>
        <p className={styles.date}>{formats.longDate(at)}</p>
      </div>
    </header>
  );
}
