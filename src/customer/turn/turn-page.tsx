import { BellRing, Check, WifiOff } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import type { TurnState } from '../../protocol/http/public-api.ts';
import { createFormats } from '../../texts/create-formats.ts';
import { Ficha } from '../../web/ui/ficha.tsx';
import { PageHead } from '../brand/page-head.tsx';
import type { LiveView } from '../live/live-view.ts';
import { useLive } from '../live/use-live.ts';
import type { VideoObstacle } from '../video/video-obstacle.ts';
import { TurnCard } from './turn-card.tsx';
import type { TurnAlerts } from './turn-alerts.ts';
import styles from './turn-page.module.css';
import { HopWay } from './hop-way.tsx';
import { RenewWay } from './renew-way.tsx';
import { VideoWay } from './video-way.tsx';
import { filled, phoneLanguage, turnWords } from './turn-words.ts';

export interface TurnPageProps {
  /** Null when the address carries no token. */
  live: LiveView<TurnState> | null;
  /** That of the address. */
  token: string;
  alerts: TurnAlerts;
  /** What keeps this browser from a video; null for nothing. */
  obstacle?: VideoObstacle | null;
  /** Languages of the phone, BCP 47. */
  languages: readonly string[];
}

/** The customer's own turn on their phone: place, range and call, live. */
export function TurnPage({ live, ...rest }: TurnPageProps) {
  return live === null ? <BadLink languages={rest.languages} /> : <LiveTurn live={live} {...rest} />;
}

function LiveTurn({ live, token, alerts, languages, obstacle = null }: TurnPageProps & { live: LiveView<TurnState> }) {
  const { state, refusal, isSilent, heardAt } = useLive(live);
  const isArmed = useSyncExternalStore(alerts.subscribe, alerts.isArmed);
  const words = turnWords(phoneLanguage(languages, state?.locale ?? ''));

  useEffect(() => {
    document.documentElement.lang = words.language;
    document.title = state === null ? words.title : `${state.code} · ${words.state[state.state]}`;
  }, [words.language, words.title, words.state, state]);

  if (refusal !== null) return <BadLink languages={languages} />;
  if (state === null) {
    return (
      <main className={styles.alone} aria-busy={!isSilent}>
        <h1>{isSilent ? words.offline : words.loading}</h1>
        {isSilent && <p>{words.offlineAlone}</p>}
      </main>
    );
  }

  const formats = createFormats({ locale: state.locale, timeZone: state.timeZone, language: words.language });
  return (
    <>
      <PageHead title={state.companyName} demo={state.isDemo ? words.demo : null}>
        {state.branchName}
      </PageHead>
      {isSilent && heardAt !== null && (
        <p role="status" className={styles.offline}>
          <WifiOff size={18} aria-hidden="true" />
          <span>
            <strong>{words.offline}.</strong> {filled(words.offlineDetail, { hour: formats.hour(heardAt) })}
          </span>
        </p>
      )}
      <main className={styles.main}>
        <p className={styles.title}>{words.title}</p>
        <Ficha code={state.code} size={72} as="h1" />
        <p className={styles.service}>{state.serviceName}</p>
        <TurnCard state={state} isOld={isSilent} words={words} formats={formats} />
        {state.isVideo && isOpen(state) && <VideoWay token={token} words={words} />}
        {state.state === 'waiting' && (
          <>
            <button type="button" className={styles.notify} aria-pressed={isArmed} onClick={alerts.arm}>
              {isArmed ? <Check size={20} aria-hidden="true" /> : <BellRing size={20} aria-hidden="true" />}
              {isArmed ? words.notifying : words.notify}
            </button>
            <p className={styles.note}>{words.keepOpen}</p>
          </>
        )}
        <HopWay {...{ token, state, obstacle, words }} isOld={isSilent} />
        {state.canRenew && <RenewWay {...{ token, words }} serviceName={state.serviceName} isOld={isSilent} />}
        <p className={styles.number}>{filled(words.number, { number: state.number })}</p>
      </main>
    </>
  );
}

const isOpen = ({ state }: TurnState): boolean => ['waiting', 'calling', 'attending'].includes(state);

/** A wrong link and an old one look the same (B59). */
function BadLink({ languages }: Pick<TurnPageProps, 'languages'>) {
  const words = turnWords(phoneLanguage(languages, ''));
  useEffect(() => {
    document.documentElement.lang = words.language;
    document.title = words.title;
  }, [words.language, words.title]);
  return (
    <main className={styles.alone}>
      <h1>{words.badLink}</h1>
      <p>{words.badLinkDetail}</p>
    </main>
  );
}
