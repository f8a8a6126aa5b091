import { useTranslation } from 'react-i18next';
import { EndedNotice, type EndedNoticeProps } from './ended-notice.tsx';
import styles from './sign-in.module.css';

/** A revoked desk that could not remove all that it kept: nobody comes in before it is started anew (trust T10). */
export function DeskNotReset({ session }: EndedNoticeProps) {
  const { t } = useTranslation('signIn');
  return (
    <div className={styles.form}>
      <div className={styles.who} data-surface="frame" />
      <div className={styles.where}>
        <h1 className={styles.title}>{t('deskNotReset')}</h1>
        <EndedNotice session={session} />
      </div>
    </div>
  );
}
