import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../web/ui/banner.tsx';
import { Button } from '../../web/ui/button.tsx';
import { useDeskState, useNow } from '../start/desk-context.ts';
import { useCall } from '../start/use-call.ts';
import { useFormats } from '../start/use-formats.ts';
import styles from './line-banner.module.css';

/** What still works while the line to the centre is down. */
export function LineBanner() {
  const line = useDeskState((state) => state.line);
  if (line === null || line.state === 'up') return null;
  return <DownBanner state={line.state} since={line.since} nextTryAt={line.nextTryAt} />;
}

interface DownBannerProps {
  state: 'connecting' | 'down';
  since: number;
  nextTryAt: number | null;
}

function DownBanner({ state, since, nextTryAt }: DownBannerProps) {
  const { t } = useTranslation('workspace');
  const formats = useFormats();
  const now = useNow();
  const retry = useCall('line.retryNow');
  const isTrying = state === 'connecting' || nextTryAt === null || nextTryAt <= now;
  return (
    <Banner
      title={t('line.down')}
      icon={<CloudOff size={16} aria-hidden />}
      aside={
        <>
          <span className={styles.next}>
            {isTrying ? t('line.trying') : t('line.nextTry', { seconds: Math.ceil((nextTryAt - now) / 1_000) })}
          </span>
          <Button size="small" onPress={() => void retry.run({})}>
            {t('line.retryNow')}
          </Button>
        </>
      }
    >
      {`${t('line.since', { hour: formats.hour(since) })} ${t('line.stillWorks')}`}
    </Banner>
  );
}
