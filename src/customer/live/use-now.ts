import { useEffect, useState } from 'react';
import type { Instant } from '../../protocol/instant.ts';

const SECOND_MS = 1_000;

/** The time that `now` tells, looked at each second. */
export function useNow(now: () => Instant): Instant {
  const [at, setAt] = useState(now);
  useEffect(() => {
    setAt(now());
    const timer = setInterval(() => setAt(now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}
