import type { SessionFact } from '../../bridge/facts.ts';
import type { OpenReport } from '../cache/open-store.ts';

type StoreNotice = Extract<SessionFact, { state: 'signedOut' }>['storeNotice'];

/** What the agent is told of the desk's files at sign-in; null when all is well. */
export function storeNotice({ rebuilt, hasSafeStore }: OpenReport): StoreNotice {
  if (rebuilt) return { type: 'cacheRebuilt', ...rebuilt };
  return hasSafeStore ? null : { type: 'noSafeStore' };
}
