import type { Instant } from '../../protocol/instant.ts';
import type { TicketHeader } from '../../protocol/ticket.ts';

/** Somebody whose call would fail is passed over for this long; then they are called like everybody, for nobody starves [QU9]. */
export const PASSED_OVER_MS = 15 * 60_000;

/** Whether an automatic call goes to somebody behind this ticket, if anybody is there [QU9]. Its place stays. */
export const isPassedOver = ({ readiness }: Pick<TicketHeader, 'readiness'>, now: Instant): boolean =>
  readiness?.verdict === 'notReady' && now - readiness.since < PASSED_OVER_MS;
