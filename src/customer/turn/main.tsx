import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { openLiveView } from '../live/live-view.ts';
import { openPublicSocket } from '../live/open-public-socket.ts';
import { wakeWithPage } from '../live/wake-with-page.ts';
import { keepPage } from '../offline/keep-page.ts';
import { webAudioChime } from '../sound/web-audio-chime.ts';
import { videoObstacle } from '../video/video-obstacle.ts';
import { createKeepAwake } from './keep-awake.ts';
import { readTurnFrame } from './read-turn-frame.ts';
import { createTurnAlerts } from './turn-alerts.ts';
import './turn.css';
import { TurnPage } from './turn-page.tsx';

// The fragment never leaves the phone in an address: the token goes in the first frame of the socket.
const token = location.hash.slice(1);
// Another ticket's code scanned into this tab changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

const alerts = createTurnAlerts({
  chime: webAudioChime(),
  vibrate: (pattern) => {
    // On a page that nobody has touched browsers refuse it and complain; older ones do not tell whether it was.
    const wasTouched = 'userActivation' in navigator ? navigator.userActivation.hasBeenActive : true;
    if ('vibrate' in navigator && wasTouched) navigator.vibrate(pattern);
  },
  keepAwake: createKeepAwake(),
});

const live =
  token === ''
    ? null
    : openLiveView({
        openSocket: openPublicSocket,
        hello: { type: 'watchTurn', token: token.slice(0, 100) },
        read: readTurnFrame,
      });

if (live !== null) {
  wakeWithPage(live);
  let seen = live.get().state;
  live.subscribe(() => {
    const { state } = live.get();
    if (state === null || state === seen) return;
    seen = state;
    alerts.follow(state);
  });
}

keepPage();

const page = document.getElementById('page');
if (page)
  createRoot(page).render(
    <TurnPage live={live} token={token} alerts={alerts} obstacle={videoObstacle()} languages={navigator.languages} />,
  );
