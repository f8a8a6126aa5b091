import type { Logger } from 'pino';
import { calls, type Handlers } from '../../bridge/contract.ts';
import type { DownFrame, Wire } from '../../bridge/frame.ts';
import { createErrorWords } from '../bridge/error-body.ts';
import { createPublisher } from '../bridge/publisher.ts';
import { serveWindow } from '../bridge/serve-window.ts';
import { DeskError } from '../desk-error.ts';

/** A desk whose files a newer version wrote: it says so, does nothing, and leaves them as they are. */
export function createRefusedDesk(log: Logger): {
  attach: (wire: Wire<DownFrame, unknown>) => () => void;
  stop: () => Promise<void>;
} {
  const publisher = createPublisher();
  publisher.publish('session.changed', {
    state: 'signedOut',
    lastAgentEmail: null,
    cause: 'clientTooOld',
    storeNotice: { type: 'cacheNewer' },
  });
  const refuse = (): never => {
    throw new DeskError('CLIENT_TOO_OLD');
  };
  const handlers = Object.fromEntries(Object.keys(calls).map((name) => [name, refuse])) as unknown as Handlers;
  const errorBody = createErrorWords(() => 'es');
  return {
    attach: (wire) => serveWindow(wire, { handlers, publisher, errorBody, log, monotonic: () => performance.now() }),
    stop: () => Promise.resolve(),
  };
}
