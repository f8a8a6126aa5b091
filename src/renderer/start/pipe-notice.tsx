import { useTranslation } from 'react-i18next';
import { Button } from '../../web/ui/button.tsx';
import { LoadingState } from '../../web/ui/loading-state.tsx';
import type { PipeState } from '../bridge/desk-pipe.ts';
import { useDesk } from './desk-context.ts';
import styles from './pipe-notice.module.css';

export interface PipeNoticeProps {
  state: Exclude<PipeState, 'open'>;
}

/** Stands over the screen while this window does not reach the desk's main side. */
export function PipeNotice({ state }: PipeNoticeProps) {
  const desk = useDesk();
  const { t } = useTranslation('workspace');
  if (state === 'connecting') {
    return (
      <div className={styles.quiet}>
        <LoadingState />
      </div>
    );
  }
  return (
    <div className={styles.scrim}>
      <div role="alertdialog" aria-labelledby="pipe-title" aria-describedby="pipe-detail" className={styles.notice}>
        <h1 id="pipe-title" className={styles.title}>
          {t(`${state}.title`)}
        </h1>
        <p id="pipe-detail">{t(`${state}.detail`)}</p>
        {state === 'replaced' && (
          <div className={styles.foot}>
            <Button variant="primary" autoFocus onPress={desk.takeOver}>
              {t('replaced.takeOver')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
