import { createToasts } from '../../web/ui/create-toasts.ts';
import type { DeskClient } from '../bridge/desk-client.ts';
import { createUploads } from '../features/files/create-uploads.ts';
import { createChime } from '../features/notices/create-chime.ts';
import { createVideo } from '../features/video/create-video.ts';
import { createDeskStore } from '../stores/create-desk-store.ts';
import { keepDrafts } from '../stores/keep-drafts.ts';
import { keepWritings } from '../stores/keep-writings.ts';
import { mirrorFacts } from '../stores/mirror-facts.ts';
import { createClock } from './clock.ts';
import type { DeskServices } from './desk-context.ts';
import { holdDroppedFiles } from './hold-dropped-files.ts';

export function startDesk(desk: DeskClient): DeskServices {
  const store = createDeskStore();
  mirrorFacts(desk, store);
  keepDrafts(desk, store);
  keepWritings(desk, store);
  holdDroppedFiles();
  const video = createVideo(desk, store);
  const uploads = createUploads(desk, store);
  return { desk, store, clock: createClock(), toasts: createToasts(), video, uploads, playChime: createChime() };
}
