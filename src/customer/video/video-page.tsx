import { useEffect, useMemo } from 'react';
import { createFormats } from '../../texts/create-formats.ts';
import { filled, phoneLanguage } from '../turn/turn-words.ts';
import { CallStage } from './call-stage.tsx';
import type { Visit } from './create-visit.ts';
import { DoorStep } from './door-step.tsx';
import { OverStep } from './over-step.tsx';
import { receiptsOf } from './receipts-of.ts';
import { useVisit } from './use-visit.ts';
import { videoWords, type VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';
import { WaitingRoom } from './waiting-room.tsx';

export interface VideoPageProps {
  visit: Visit;
  /** Languages of the device, BCP 47. */
  languages: readonly string[];
}

/** A guest's page of a video attention, from the door to the end. */
export function VideoPage({ visit, languages }: VideoPageProps) {
  const state = useVisit(visit);
  const { step, guest, call } = state;
  const words = videoWords(phoneLanguage(languages, guest?.locale ?? ''));
  const { locale, timeZone } = guest ?? {};
  const formats = useMemo(
    () => (locale && timeZone ? createFormats({ locale, timeZone, language: words.language }) : null),
    [locale, timeZone, words.language],
  );
  const title = titleOf(state, words);
  useEffect(() => {
    document.documentElement.lang = words.language;
    document.title = title;
  }, [words.language, title]);

  if (step.name === 'door') return <DoorStep step={step} words={words} onEnter={() => void visit.enter()} />;
  if (step.name === 'over') {
    return (
      <OverStep
        end={step.end}
        guest={guest}
        receipts={receiptsOf(guest?.receipts, state.terms.consent)}
        onWithdraw={visit.withdrawReceipt}
        onSave={visit.saveReceipt}
        chat={visit.chat}
        formats={formats}
        words={words}
        onEnter={() => void visit.enter()}
        turn={state.turn}
        onRenew={visit.renew}
        onSeeTurn={visit.seeTurn}
      />
    );
  }
  if (step.name === 'call' && guest && call && formats) {
    return <CallStage {...{ visit, state, guest, call, words, formats }} />;
  }
  return <WaitingRoom {...{ visit, state, words, formats }} />;
}

function titleOf({ step, guest }: VisitState, words: VideoWords): string {
  const { pageTitle } = words;
  if (step.name === 'over') return pageTitle.over;
  if (guest === null || step.name === 'door') return words.title;
  if (step.name === 'waiting') return filled(pageTitle.waiting, { code: guest.code });
  return filled(pageTitle.call, { name: guest.agentName ?? words.call.agent });
}
