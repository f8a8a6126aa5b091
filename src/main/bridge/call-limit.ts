/** At most `burst` calls at once and `perSecond` in the long run; a call over it is refused, not delayed. */
export function createCallLimit(
  { burst, perSecond }: { burst: number; perSecond: number },
  monotonic: () => number,
): { allows: () => boolean } {
  let left = burst;
  let filledAt = monotonic();
  return {
    allows: () => {
      const now = monotonic();
      left = Math.min(burst, left + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
