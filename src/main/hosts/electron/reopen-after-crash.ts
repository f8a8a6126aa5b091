import type { WebContents } from 'electron';
import type { Logger } from 'pino';
import { createCallLimit } from '../../bridge/call-limit.ts';

/** A page that dies again and again is left dead: the agent sees an empty window instead of one that flickers. */
const RELOADS = { burst: 3, perSecond: 1 / 60 };

/** Loads the page anew when its process dies; the desk itself, in main, has not stopped. */
export function reopenAfterCrash(contents: WebContents, log: Logger): void {
  const reloads = createCallLimit(RELOADS, () => performance.now());
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error({ reason, exitCode }, 'the page died');
    if (reloads.allows() && !contents.isDestroyed()) contents.reload();
  });
}
