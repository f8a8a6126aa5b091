import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { createCall } from '../../web/peer/create-call.ts';
import { createDevices } from '../../web/peer/devices.ts';
import { openLiveView } from '../live/live-view.ts';
import { openPublicSocket } from '../live/open-public-socket.ts';
import { wakeWithPage } from '../live/wake-with-page.ts';
import { webAudioChime } from '../sound/web-audio-chime.ts';
import { createKeepAwake } from '../turn/keep-awake.ts';
import { createVisit } from './create-visit.ts';
import { enterVideo } from './enter-video.ts';
import { createGuestAlerts } from './guest-alerts.ts';
import { listenToTabs } from './other-tabs.ts';
import './video.css';
import { VideoPage } from './video-page.tsx';
import type { EntryProblem } from './visit-state.ts';

// The fragment never leaves the device in an address: the token goes in the body of the entry and in the socket's first frame.
const token = location.hash.slice(1, 101);
// Another link that is opened in this tab changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

const obstacle = (): EntryProblem | null => {
  if (!window.isSecureContext) return 'insecure';
  if (!('RTCPeerConnection' in window)) return 'unsupported';
  return navigator.cookieEnabled ? null : 'noCookies';
};

const visit = createVisit({
  token,
  obstacle,
  enter: (asked) => enterVideo(asked, fetch),
  openLive: (options) => openLiveView({ openSocket: openPublicSocket, ...options }),
  openDevices: createDevices,
  openCall: (options) => createCall({ role: 'guest', accepts: ['camera', 'microphone', 'screen'], ...options }),
  openTabs: (taken) => listenToTabs(token, taken),
  alerts: createGuestAlerts({
    chime: webAudioChime(),
    vibrate: (pattern) => {
      if ('vibrate' in navigator) navigator.vibrate(pattern);
    },
    keepAwake: createKeepAwake(),
  }),
});
wakeWithPage(visit);
// A page that the browser keeps for "back" must not go on seeing and hearing.
window.addEventListener('pagehide', visit.leave);

const page = document.getElementById('page');
if (page) createRoot(page).render(<VideoPage visit={visit} languages={navigator.languages} />);
