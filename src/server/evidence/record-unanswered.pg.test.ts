import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Consent } from '../../protocol/video/consent.ts';
import { readConsent } from '../store/consent-rows.ts';
import { askFor, videoInHand } from '../testing/answered-consents.ts';
import { deliver } from '../testing/deliver.ts';
import { openServer, type TestServer } from '../testing/open-server.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { recordUnanswered } from './record-unanswered.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openServer();
});
afterEach(() => server.close());

/** Asked and taken back. */
async function unanswered(): Promise<Consent> {
  const video = await videoInHand(server, server.evidence);
  const consent = await askFor(video);
  await deliver(video.agent, { type: 'consent.retract', ...video.quoted, consentId: consent.id });
  server.clock.now += 1_000;
  return consent;
}
const isRecorded = async ({ id }: Consent): Promise<boolean> =>
  (await readConsent(server.context.store.db, id))?.records.unanswered !== undefined;

test('[R4] [S2-41] one asking that cannot be written down holds up no other, and is tried again a minute later', async () => {
  const first = await unanswered();
  const second = await unanswered();
  let tried = 0;
  const failingFirst: EvidenceBook = {
    ...server.evidence,
    record: (act) => {
      tried += 1;
      return tried === 1 ? Promise.reject(new Error('no')) : server.evidence.record(act);
    },
  };
  const failed = new Map<string, number>();
  const look = () => recordUnanswered(server.context, failingFirst, failed);
  await look();
  expect(server.errors.splice(0)).toEqual([expect.stringContaining(first.id) as string]);
  expect([await isRecorded(first), await isRecorded(second)]).toEqual([false, true]);
  await look();
  expect(tried).toBe(2);
  server.clock.now += 60_000;
  await look();
  expect(await isRecorded(first)).toBe(true);
});
