import type { Logger } from 'pino';
import type { Office } from '../../protocol/office.ts';
import type { DeskFacts } from '../cache/desk-facts.ts';
import type { createCallKeeper } from '../status/call-keeper.ts';
import type { StatusLedger } from '../status/status-ledger.ts';
import type { createNotices } from './notices.ts';
import type { Publisher } from './publisher.ts';

interface ShowOptions {
  publisher: Publisher;
  notices: ReturnType<typeof createNotices>;
  ledger: StatusLedger;
  callKeeper: ReturnType<typeof createCallKeeper>;
  officeChanged: (office: Office) => void;
  log: Logger;
}

/** Tells what changed on the screen to the windows, and to the parts of the desk that follow it. */
export function showFacts({ publisher, notices, ledger, callKeeper, officeChanged, log }: ShowOptions) {
  return ({ office, status, waiting, current, handled, held, outbox }: Partial<DeskFacts>): void => {
    if (status) publisher.publish('status.changed', status);
    if (waiting) publisher.publish('waiting.changed', waiting);
    if (current) publisher.publish('current.changed', current);
    if (handled) publisher.publish('handled.changed', handled);
    if (held) publisher.publish('held.changed', held);
    if (outbox) publisher.publish('outbox.changed', outbox);
    if (status) notices.status(status);
    if (waiting) notices.waiting(waiting);
    if (current) notices.current(current);
    if (office) officeChanged(office);

    const statusNow = publisher.latest('status.changed');
    const currentNow = publisher.latest('current.changed');
    if (!currentNow) return;
    callKeeper.observe(currentNow);
    if (!statusNow) return;
    ledger.observe(statusNow, currentNow).catch((error: unknown) => log.error({ err: error }, 'not in the ledger'));
  };
}
