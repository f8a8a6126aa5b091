import '../../web/without-eval.ts';
import { createRoot } from 'react-dom/client';
import { languageOf } from '../../texts/create-texts.ts';
import { spokenCall } from '../../texts/spoken-call.ts';
import '../../web/ui/base.css';
import { branchOfPath } from '../branch-of-path.ts';
import { openLiveView } from '../live/live-view.ts';
import { openPublicSocket } from '../live/open-public-socket.ts';
import { wakeWithPage } from '../live/wake-with-page.ts';
import { keepPage } from '../offline/keep-page.ts';
import { browserSpeech } from '../sound/browser-speech.ts';
import { webAudioChime } from '../sound/web-audio-chime.ts';
import { textsIn } from '../texts-in.ts';
import { createAnnouncer } from './announcer.ts';
import { DisplayPage } from './display-page.tsx';
import './display.css';
import { readDisplayFrame } from './read-display-frame.ts';

const live = openLiveView({
  openSocket: openPublicSocket,
  hello: { type: 'watchDisplay', branch: branchOfPath(location.pathname) },
  read: readDisplayFrame,
});
wakeWithPage(live);

const chime = webAudioChime();
const announcer = createAnnouncer({
  chime,
  speech: browserSpeech(),
  wordsFor: (call) => {
    const locale = live.get().state?.locale ?? navigator.language;
    return { text: spokenCall(call, textsIn(languageOf(locale))), locale };
  },
  now: live.now,
});

let heard = live.get().state;
live.subscribe(() => {
  const { state } = live.get();
  if (state === null || state === heard) return;
  heard = state;
  document.title = `${state.branchName} · ${state.companyName}`;
  announcer.hear(state.calls);
});

keepPage();

const page = document.getElementById('page');
if (page) {
  createRoot(page).render(<DisplayPage live={live} announcer={announcer} chime={chime} locale={navigator.language} />);
}
