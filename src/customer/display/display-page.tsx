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
import { DisplayFoot } from './display-foot.tsx';
import { DisplayHead } from './display-head.tsx';
import styles from './display-page.module.css';
import { EarlierCalls } from './earlier-calls.tsx';

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
  return (
    <div className={styles.page}>
      <DisplayHead state={state} formats={formats} demo={common('demo')} now={live.now} />
      <main className={styles.calls}>
        <CalledNow called={called} isOld={isSilent} t={t} />
        <EarlierCalls calls={earlier} onSound={isBlocked ? chime.unblock : null} t={t} />
      </main>
      <DisplayFoot
        waiting={state.waiting}
        silentSince={isSilent ? formats.hour(heardAt ?? state.serverTime) : null}
        t={t}
      />
    </div>
  );
}
