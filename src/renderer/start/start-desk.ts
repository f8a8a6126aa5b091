import { createToasts } from '../../web/ui/create-toasts.ts';
import type { DeskClient } from '../bridge/desk-client.ts';
import { createChime } from '../features/notices/create-chime.ts';
import { createVideo } from '../features/video/create-video.ts';
import { createDeskStore } from '../stores/create-desk-store.ts';
import { keepDrafts } from '../stores/keep-drafts.ts';
import { mirrorFacts } from '../stores/mirror-facts.ts';
import { createClock } from './clock.ts';
import type { DeskServices } from './desk-context.ts';

export function startDesk(desk: DeskClient): DeskServices {
  const store = createDeskStore();
  mirrorFacts(desk, store);
  keepDrafts(desk, store);
  const video = createVideo(desk, store);
  return { desk, store, clock: createClock(), toasts: createToasts(), video, playChime: createChime() };
}
