import { Refusal } from '../policies/refusal.ts';
import type { Reader } from '../store/database.ts';
import { isBrowserBlocked } from '../store/guest-block-rows.ts';
import type { Asker } from './asker.ts';

/**
 * A browser that was reported sends nothing more, though it began before, and gets no file (trust T30, decision 0017).
 * @throws Refusal GUEST_BLOCKED
 */
export async function refuseReported(db: Reader, asker: Asker, companyId: string, now: number): Promise<void> {
  if (asker.type === 'agent') return;
  if (await isBrowserBlocked(db, { companyId, browserHash: asker.browserHash }, now))
    throw new Refusal('GUEST_BLOCKED');
}
