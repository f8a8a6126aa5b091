import { runWork } from '../changes/work.ts';
import { stateOf } from '../queries/consent-views.ts';
import type { ServerContext } from '../start/server-context.ts';
import { readConsent, readTicketOfConsent, readUnanswered } from '../store/consent-rows.ts';
import { lockTicket } from '../store/ticket-rows.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { noSource, proveAnswer } from './prove-answer.ts';

const EVERY_MS = 1_000;
/** What no commit of this process tells of: one of a process that ended before it looked, and what is tried again. */
const COVER_EVERY_MS = 10_000;
/** One that could not be written down is tried again after this long, so that it neither fills the log nor takes another's turn. */
const AGAIN_AFTER_MS = 60_000;

/**
 * Writes down which askings stay without an answer: taken back, or over with their attention, however that ended. Several
 * processes may do so at once: the ticket's lock decides. One that cannot be written down does not hold up the rest. `failed`:
 * those, and when they are tried again.
 */
export async function recordUnanswered(
  context: ServerContext,
  book: EvidenceBook,
  failed = new Map<string, number>(),
): Promise<void> {
  const { store, clock, log } = context;
  for (const [id, until] of failed) if (until <= clock()) failed.delete(id);
  for (const id of await readUnanswered(store.db, [...failed.keys()])) {
    try {
      await recordOne(context, book, id);
    } catch (error) {
      failed.set(id, clock() + AGAIN_AFTER_MS);
      log.error({ error, consentId: id }, 'an asking without an answer was not written down');
    }
  }
}

async function recordOne(context: ServerContext, book: EvidenceBook, id: string): Promise<void> {
  const found = await readTicketOfConsent(context.store.db, id);
  if (!found) return;
  await book.record((writeDown) =>
    runWork(context, async (work) => {
      const row = await lockTicket(work.tx, found.companyId, found.ticketId);
      const consent = row && (await readConsent(work.tx, id));
      if (!consent || consent.state !== 'asked' || stateOf(consent) !== 'unanswered') return;
      const baseUrl = context.publicUrl;
      await proveAnswer(work, writeDown(work.tx), { row, consent, act: 'unanswered', source: noSource, baseUrl });
    }),
  );
}

/** Looks within a second after each commit of this process, and now and then without one; `look` at once. */
export function startRecordingUnanswered(
  context: ServerContext,
  book: EvidenceBook,
): { look: () => Promise<void>; stop: () => Promise<void> } {
  const failed = new Map<string, number>();
  let running: Promise<void> | null = null;
  let isTold = true;
  let lookedAt = Number.NEGATIVE_INFINITY;
  context.hub.onAnnounce(() => (isTold = true));
  const look = (): Promise<void> =>
    (running ??= recordUnanswered(context, book, failed)
      .catch((error: unknown) => context.log.error({ error }, 'askings without an answer could not be read'))
      .finally(() => (running = null)));
  const timer = setInterval(() => {
    const now = performance.now();
    // What one look was too early for, the next one is told of.
    if (running) return;
    if (!isTold && now - lookedAt < COVER_EVERY_MS) return;
    isTold = false;
    lookedAt = now;
    void look();
  }, EVERY_MS);
  return {
    look,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
