import type { SessionFact } from '../../bridge/facts.ts';
import type { OpenReport } from '../cache/open-store.ts';

type StoreNotice = Extract<SessionFact, { state: 'signedOut' }>['storeNotice'];

interface Options {
  isAtWork: () => boolean;
  /** Tells the agent at work that the cache begins anew. */
  tell: () => void;
}

/** What the agent is told of the desk's files: at sign-in by `notice`, null when all is well, and once at work. */
export function createStoreNotice({ rebuilt, hasSafeStore }: OpenReport, { isAtWork, tell }: Options) {
  let notice: StoreNotice = rebuilt
    ? { type: 'cacheRebuilt', ...rebuilt }
    : hasSafeStore
      ? null
      : { type: 'noSafeStore' };
  let isUntold = false;
  const tellAtWork = (): void => {
    if (!isUntold || !isAtWork()) return;
    isUntold = false;
    tell();
  };
  return {
    notice: () => notice,
    /** Files were found damaged while the desk runs. Whoever is signing in is told at work. */
    rebuilt: ({ isSignedOut }: { isSignedOut: boolean }): void => {
      notice ??= { type: 'cacheRebuilt', recovered: 0, lost: 0 };
      isUntold = !isSignedOut;
      tellAtWork();
    },
    tellAtWork,
  };
}
