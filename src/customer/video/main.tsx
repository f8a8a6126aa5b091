import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { createCall } from '../../web/peer/create-call.ts';
import { createDevices } from '../../web/peer/devices.ts';
import { browserMemory } from '../../web/peer/device-memory.ts';
import { measurePath } from '../../web/peer/measure-path.ts';
import { openLiveView } from '../live/live-view.ts';
import { openPublicSocket } from '../live/open-public-socket.ts';
import { wakeWithPage } from '../live/wake-with-page.ts';
import { webAudioChime } from '../sound/web-audio-chime.ts';
import { hopTurn, renewTurn } from '../turn/ask-for-page.ts';
import { createKeepAwake } from '../turn/keep-awake.ts';
import { receiptApi } from '../receipt/receipt-api.ts';
import { saveBlob } from '../receipt/save-blob.ts';
import { createConsentApi } from './consent-api.ts';
import { createVisit } from './create-visit.ts';
import { askServer } from './ask-server.ts';
import { enterVideo } from './enter-video.ts';
import { createGuestAlerts } from './guest-alerts.ts';
import { createGuestChat } from './guest-chat.ts';
import { createGuestUploads } from './guest-uploads.ts';
import { listenToTabs } from './other-tabs.ts';
import { sendMessage, tellRead } from './send-message.ts';
import './video.css';
import { VideoPage } from './video-page.tsx';
import { videoObstacle } from './video-obstacle.ts';

// The fragment never leaves the device in an address: the token goes in the body of the entry and in the socket's first frame.
// The page of a turn adds its own token to that of the link: the way back.
const [token = '', turnToken] = location.hash.slice(1, 201).split('.', 2);
// Another link that is opened in this tab changes the fragment alone.
window.addEventListener('hashchange', () => location.reload());

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const visit = createVisit({
  token,
  obstacle: videoObstacle,
  enter: (asked) => enterVideo(asked, fetch),
  openLive: (options) => openLiveView({ openSocket: openPublicSocket, ...options }),
  openDevices: () => createDevices(browserMemory(() => localStorage)),
  openCall: (options) => createCall({ role: 'guest', accepts: ['camera', 'microphone', 'screen'], ...options }),
  measurePath,
  openTabs: (taken) => listenToTabs(token, taken),
  alerts: createGuestAlerts({
    chime: webAudioChime(),
    vibrate: (pattern) => {
      if ('vibrate' in navigator) navigator.vibrate(pattern);
    },
    keepAwake: createKeepAwake(),
  }),
  consents: createConsentApi(fetch),
  saveReceipt: async (receiptUrl, folio) => {
    const pdf = await receiptApi(new URL(receiptUrl).hash.slice(1), fetch).file('pdf');
    if (pdf) saveBlob(pdf, `${folio}.pdf`);
    return pdf !== null;
  },
  isSeen: () => document.visibilityState === 'visible',
  chat: createGuestChat({
    send: (key, text) => sendMessage(fetch, token, key, text),
    tellRead: (upTo) => tellRead(fetch, token, upTo),
    newKey: () => crypto.randomUUID(),
    pause,
  }),
  uploads: createGuestUploads({
    token,
    ask: (asking) => askServer(fetch, asking),
    newKey: () => crypto.randomUUID(),
    now: () => performance.now(),
    pause,
  }),
  turn: {
    turnUrl: turnToken ? `/turn#${turnToken}` : null,
    toCounter: () => hopTurn(fetch, { token: turnToken ?? '', to: 'counter' }),
    renew: () => renewTurn(fetch, { token, page: 'video' }),
    go: (url) => location.assign(url),
  },
});
wakeWithPage(visit);
// Another network may be a better or a worse one. Not every browser tells of its kind.
window.addEventListener('online', visit.testAgain);
if ('connection' in navigator && navigator.connection instanceof EventTarget) {
  navigator.connection.addEventListener('change', visit.testAgain);
}
// A page that the browser keeps for "back" must not go on seeing and hearing.
window.addEventListener('pagehide', visit.leave);

const page = document.getElementById('page');
if (page) createRoot(page).render(<VideoPage visit={visit} languages={navigator.languages} />);
