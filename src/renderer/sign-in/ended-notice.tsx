import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionFact } from '../../bridge/facts.ts';
import styles from './sign-in.module.css';

export interface EndedNoticeProps {
  session: Extract<SessionFact, { state: 'signedOut' }>;
}

/** Why the agent is here against their wish, and what happened to the desk's files. */
export function EndedNotice({ session: { cause, storeNotice } }: EndedNoticeProps) {
  const { t } = useTranslation('signIn');
  const { t: errorText } = useTranslation('errors');
  const lines: string[] = [];
  if (cause === 'clientTooOld') lines.push(errorText('CLIENT_TOO_OLD'));
  else if (cause !== 'fresh' && cause !== 'signedOut') lines.push(t(`ended.${cause}`));
  if (storeNotice?.type === 'cacheRebuilt') {
    const lost = storeNotice.lost === 0 ? '' : ` ${t('store.lost', { count: storeNotice.lost })}`;
    lines.push(t('store.cacheRebuilt', { count: storeNotice.recovered }) + lost);
  } else if (storeNotice !== null) {
    lines.push(t(`store.${storeNotice.type}`));
  }
  return lines.map((line) => (
    <p key={line} role="status" className={styles.notice}>
      <Info size={16} aria-hidden />
      <span>{line}</span>
    </p>
  ));
}
