import { v7 as uuidv7 } from 'uuid';
import { nextReadiness } from '../../domain/readiness/judge-readiness.ts';
import type { Readiness, ReadinessReport } from '../../protocol/video/readiness.ts';
import { runWork, type Work } from '../changes/work.ts';
import { RateLimit } from '../policies/rate-limit.ts';
import type { ServerContext } from '../start/server-context.ts';
import { isBrowserBlocked } from '../store/guest-block-rows.ts';
import { forgetReadinessPage, keepReadinessPage, readLinkOf, type GuestLinkRow } from '../store/guest-link-rows.ts';
import { lockTicket, saveTicket, type TicketRow } from '../store/ticket-rows.ts';

/** A page tests itself anew when a device or its network changes; of more than that the latest is kept until there is room. */
const REPORTS = { limit: 12, windowMs: 60_000 };

type Guest = Pick<GuestLinkRow, 'id' | 'ticketId' | 'companyId'>;

export interface KeptReadiness {
  report: (report: ReadinessReport) => void;
  /** The page is gone, or has no say any more. Resolves when nothing is under way. */
  forget: () => Promise<void>;
}

/**
 * Keeps on the ticket what one open page of its guest says of their equipment, one report after the other. It goes with the page
 * that said it: another page of the same guest that has spoken since is left alone.
 */
export function keepReadiness(
  context: ServerContext,
  guest: Guest,
  later: (act: () => void, milliseconds: number) => () => void = afterwards,
): KeptReadiness {
  const pageId = uuidv7();
  const limit = new RateLimit(REPORTS);
  let isOver = false;
  /** What waits until another report may be taken. */
  let latest: ReadinessReport | null = null;
  let cancelLater: (() => void) | null = null;
  let last: Promise<void> = Promise.resolve();

  const next = (act: (work: Work) => Promise<void>): Promise<void> => {
    last = last
      .then(async () => void (await runWork(context, act)))
      .catch((error: unknown) => context.log.error({ error, ticketId: guest.ticketId }, 'readiness could not be kept'));
    return last;
  };

  const takeLatest = (): void => {
    cancelLater = null;
    const report = latest;
    if (isOver || report === null) return;
    const wait = limit.take('', context.clock());
    if (wait !== null) {
      cancelLater = later(takeLatest, wait * 1_000);
      return;
    }
    latest = null;
    void next((work) => take(work, guest, pageId, report));
  };

  return {
    report: (report) => {
      if (isOver) return;
      latest = report;
      if (cancelLater === null) takeLatest();
    },
    forget: () => {
      if (isOver) return last;
      isOver = true;
      cancelLater?.();
      return next((work) => forget(work, guest, pageId));
    },
  };
}

function afterwards(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

async function take(work: Work, guest: Guest, pageId: string, report: ReadinessReport): Promise<void> {
  const row = await lockTicket(work.tx, guest.companyId, guest.ticketId);
  if (!row || row.header.state === 'closed') return;
  const link = await readLinkOf(work.tx, row.id);
  // A link that was revoked meanwhile has no say, nor has whoever was reported.
  if (link?.id !== guest.id || link.browserHash === null) return;
  if (await isBrowserBlocked(work.tx, { companyId: guest.companyId, browserHash: link.browserHash }, work.now)) return;
  work.write(keepReadinessPage(work.tx, guest.id, pageId));
  put(work, row, nextReadiness(row.header.readiness ?? null, report, work.now));
}

async function forget(work: Work, guest: Guest, pageId: string): Promise<void> {
  const row = await lockTicket(work.tx, guest.companyId, guest.ticketId);
  if (!row || !(await forgetReadinessPage(work.tx, guest.id, pageId))) return;
  if (row.header.state !== 'closed') put(work, row, null);
}

function put(work: Work, row: TicketRow, readiness: Readiness | null): void {
  const { readiness: before, ...rest } = row.header;
  if (before?.verdict === readiness?.verdict && before?.cause === readiness?.cause) return;
  const header = { ...rest, ...(readiness && { readiness }) };
  row.header = header;
  work.write(saveTicket(work.tx, header));
  work.say('branch', row.branchId, { type: 'ticket.put', header });
  // Whoever could not have talked and can now may be the next one.
  if (header.state === 'waiting') work.dispatch(row.branchId);
}
