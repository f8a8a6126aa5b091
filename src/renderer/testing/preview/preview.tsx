import '../../../web/without-eval.ts';
import '../../../web/ui/base.css';
import { createRoot } from 'react-dom/client';
import { createToasts } from '../../../web/ui/create-toasts.ts';
import { createDeskClient } from '../../bridge/desk-client.ts';
import { App } from '../../start/app.tsx';
import { createClock } from '../../start/clock.ts';
import { DeskContext } from '../../start/desk-context.ts';
import { createUploads } from '../../features/files/create-uploads.ts';
import { createVideo } from '../../features/video/create-video.ts';
import { createDeskStore } from '../../stores/create-desk-store.ts';
import { keepDrafts } from '../../stores/keep-drafts.ts';
import { keepWritings } from '../../stores/keep-writings.ts';
import { mirrorFacts } from '../../stores/mirror-facts.ts';
import { createFakeDesk } from '../fake-desk.ts';
import { preferences } from '../sample-facts.ts';
import { NOW } from '../sample-office.ts';
import { scenes } from '../scenes.ts';

/** The renderer over a scripted desk whose clock stands still: `?scene=attending&theme=dark&language=pt`. */
const wanted = new URL(location.href).searchParams;
const fake = createFakeDesk();
const desk = createDeskClient(fake.pipe);
const store = createDeskStore();
mirrorFacts(desk, store);
keepDrafts(desk, store);
keepWritings(desk, store);
scenes[wanted.get('scene') ?? 'idle']?.(fake);
fake.tell('preferences.changed', {
  ...preferences,
  theme: wanted.get('theme') === 'dark' ? 'dark' : 'light',
  language: wanted.get('language') === 'pt' ? 'pt' : wanted.get('language') === 'en' ? 'en' : 'es',
});

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <DeskContext
    value={{
      desk,
      store,
      clock: createClock(() => NOW),
      toasts: createToasts(),
      video: createVideo(desk, store),
      uploads: createUploads(desk, store),
      playChime: () => {},
    }}
  >
    <App />
  </DeskContext>,
);
