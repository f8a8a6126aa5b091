import { useTranslation } from 'react-i18next';
import { Button } from '../../web/ui/button.tsx';
import styles from './pipe-notice.module.css';

/** In the place of a workspace whose script could not be read: a new page reads it anew. */
export function WorkspaceFailed() {
  const { t } = useTranslation('workspace');
  return (
    <div role="alert" className={styles.unread}>
      <p>{t('unread.detail')}</p>
      <Button variant="primary" onPress={() => location.reload()}>
        {t('unread.reload')}
      </Button>
    </div>
  );
}
