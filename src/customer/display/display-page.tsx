import { Info, Volume2, WifiOff } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { createFormats } from '../../texts/create-formats.ts';
import { languageOf } from '../../texts/create-texts.ts';
import type { DisplayState } from '../../protocol/http/public-api.ts';
import type { LiveView } from '../live/live-view.ts';
import { useLive } from '../live/use-live.ts';
import type { Chime } from '../sound/chime.ts';
import { textsIn } from '../texts-in.ts';
import type { Announcer } from './announcer.ts';
import { CalledNow } from './called-now.tsx';
import { callsShown } from './calls-shown.ts';
import { DisplayHead } from './display-head.tsx';
import styles from './display.module.css';

export interface DisplayPageProps {
  live: LiveView<DisplayState>;
  announcer: Announcer;
  chime: Chime;
  /** Before the branch has said its own: BCP 47. */
  locale: string;
}

/** The waiting room's screen (S2-55): what is called now, the calls before it, who is next. */
export function DisplayPage({ live, announcer, chime, locale }: DisplayPageProps) {
  const { state, refusal, isSilent, heardAt } = useLive(live);
  const queue = useSyncExternalStore(announcer.subscribe, announcer.get);
  const isBlocked = useSyncExternalStore(chime.subscribe, chime.isBlocked);
  const language = languageOf(state?.locale ?? locale);
  const texts = textsIn(language);
  const t = texts.getFixedT(language, 'display');
  const common = texts.getFixedT(language, 'common');

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  if (refusal !== null || state === null) {
    return (
      <main className={styles.alone} aria-busy={refusal === null && !isSilent}>
        <h1>{refusal !== null ? t('unknownBranch') : isSilent ? t('offlineAlone') : common('loading')}</h1>
        {refusal !== null && <p>{t('unknownBranchDetail')}</p>}
      </main>
    );
  }

  const formats = createFormats({ locale: state.locale, timeZone: state.timeZone, language });
  const { called, earlier } = callsShown(state.calls, queue);
  const { count, codes } = state.waiting;
  return (
    <div className={styles.page}>
      <DisplayHead state={state} formats={formats} demo={common('demo')} now={live.now} />
      <main className={styles.calls}>
        <CalledNow called={called} isOld={isSilent} t={t} />
        <section className={styles.earlier} aria-label={t('earlier')}>
          <p className={styles.columns} aria-hidden="true">
            <span>{t('earlier')}</span>
            <span>{t('goTo')}</span>
          </p>
          <ol>
            {earlier.map(({ id, code, moduleName }) => (
              <li key={id}>
                <span className={styles.earlierCode}>{code}</span>
                <span className={styles.earlierModule}>{moduleName}</span>
              </li>
            ))}
          </ol>
          {isBlocked && (
            <button type="button" className={styles.sound} onClick={chime.unblock}>
              <Volume2 aria-hidden="true" />
              {t('turnOnSound')}
            </button>
          )}
        </section>
      </main>
      <footer className={styles.foot} data-silent={isSilent || undefined}>
        {isSilent ? (
          <p role="status" className={styles.silent}>
            <WifiOff aria-hidden="true" />
            {t('offline', { hour: formats.hour(heardAt ?? state.serverTime) })}
          </p>
        ) : (
          <>
            {codes.length === 0 ? (
              <p className={styles.message}>
                <Info aria-hidden="true" />
                {t('message')}
              </p>
            ) : (
              <p className={styles.next}>
                <span className={styles.nextWord}>{t('next')}</span>
                {codes.map((code) => (
                  <span key={code} className={styles.nextCode}>
                    {code}
                  </span>
                ))}
              </p>
            )}
            <p className={styles.count}>{t('waiting', { count })}</p>
          </>
        )}
      </footer>
    </div>
  );
}
