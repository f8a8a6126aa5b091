/** What the line did since the last reading; null where nothing was measured. */
export type LineReading = {
  roundTripMilliseconds: number | null;
  /** Part of the packets that were lost on the way here and on the way there, 0 to 1. */
  lossReceived: number | null;
  lossSent: number | null;
};

export type Quality = 'good' | 'weak' | 'poor';

/** From here on speech is hard to follow; ITU-T G.114 has 400 ms one way as the end of what is usable. */
const poor = { loss: 0.08, roundTripMilliseconds: 800 };
const weak = { loss: 0.03, roundTripMilliseconds: 400 };

export function qualityOf(reading: LineReading): Quality {
  if (reaches(reading, poor)) return 'poor';
  return reaches(reading, weak) ? 'weak' : 'good';
}

function reaches({ roundTripMilliseconds, lossReceived, lossSent }: LineReading, limit: typeof poor): boolean {
  const loss = Math.max(lossReceived ?? 0, lossSent ?? 0);
  return loss >= limit.loss || (roundTripMilliseconds ?? 0) >= limit.roundTripMilliseconds;
}
