import { RateLimit } from '../policies/rate-limit.ts';
import { tooMany } from '../policies/too-many.ts';

const TRIES = { limit: 20, windowMs: 15 * 60_000 };

/** Wrong passwords, counted by account and by source; the right one is not counted (trust T27). */
export interface SignInLimits {
  /** Counts a try before it is looked at. Refuses TOO_MANY_REQUESTS with the seconds to wait. */
  begin: (account: string, source: string, now: number) => void;
  /** The try was right. */
  forgive: (account: string, source: string) => void;
}

export function createSignInLimits(): SignInLimits {
  const accounts = new RateLimit(TRIES);
  const sources = new RateLimit(TRIES);
  return {
    begin: (account, source, now) => {
      const ofSource = sources.take(source, now);
      if (ofSource !== null) throw tooMany(ofSource);
      const ofAccount = accounts.take(account, now);
      if (ofAccount === null) return;
      sources.giveBack(source);
      throw tooMany(ofAccount);
    },
    forgive: (account, source) => {
      accounts.giveBack(account);
      sources.giveBack(source);
    },
  };
}
