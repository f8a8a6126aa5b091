import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Tooltip } from '../../web/ui/tooltip.tsx';
import { Button } from 'react-aria-components/Button';
import styles from './rail.module.css';

/** The modules that there are. */
export function Rail() {
  const { t } = useTranslation('workspace');
  return (
    <nav aria-label={t('rail.main')} className={styles.rail} data-surface="frame">
      <Tooltip text={t('rail.workspace')}>
        <Button
          aria-label={t('rail.workspace')}
          className={styles.entry ?? ''}
          render={(props) => <button {...props} type="button" aria-current="page" />}
        >
          <Columns3 size={20} strokeWidth={1.75} aria-hidden />
        </Button>
      </Tooltip>
    </nav>
  );
}
