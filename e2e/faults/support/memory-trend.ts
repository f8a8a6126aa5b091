/** What a process used at one quiet moment, and how much work it had done by then. */
export interface MemorySample {
  minutes: number;
  tickets: number;
  bytes: number;
}

export interface MemoryTrend {
  bytesPerMinute: number;
  /** What the same is for each ticket that went through. */
  bytesPerTicket: number;
  /** Standard error of the slope by the minute: how far it may be from the truth by chance. */
  error: number;
}

/** Growth beyond one of them is a leak. */
interface Limits {
  bytesPerTicket: number;
  bytesPerMinute: number;
}

/**
 * Of objects that are alive. Less than the header of one ticket takes, so that who keeps one of each is found; and 30 MB in a
 * shift of 8 hours. A desk rightly keeps the spans of its agent's day, two short ones for each customer.
 */
export const objectLimits: Limits = { bytesPerTicket: 1_024, bytesPerMinute: 64 * 1024 };
/**
 * Of what is compiled. It goes on growing for long, ever more slowly, as more of the program has run often; on a busy machine,
 * where little is done in a minute, it is most of what grows. What compiles something anew for each piece of work is faster.
 */
export const codeLimits: Limits = { bytesPerTicket: Infinity, bytesPerMinute: 256 * 1024 };
/** Of what is resident: allocators and garbage that nobody had to collect yet sway by megabytes, whatever the work. */
export const residentLimits: Limits = { bytesPerTicket: Infinity, bytesPerMinute: 1024 * 1024 };

/**
 * The straight line through the second half of the samples, by least squares: in the first half code is compiled, pools and
 * caches find their size.
 * @param samples oldest first, six at least
 */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend {
  if (samples.length < 6) throw new Error(`${samples.length} samples say nothing`);
  const late = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: MemorySample) => number): number =>
    late.reduce((sum, sample) => sum + of(sample), 0) / late.length;
  const minutes = mean((sample) => sample.minutes);
  const bytes = mean((sample) => sample.bytes);
  const spread = mean((sample) => (sample.minutes - minutes) ** 2);
  const slope = mean((sample) => (sample.minutes - minutes) * (sample.bytes - bytes)) / spread;
  const rest = mean((sample) => (sample.bytes - bytes - slope * (sample.minutes - minutes)) ** 2);
  const [first, last] = [late[0], late.at(-1)] as [MemorySample, MemorySample];
  const ticketsPerMinute = (last.tickets - first.tickets) / (last.minutes - first.minutes);
  return {
    bytesPerMinute: slope,
    bytesPerTicket: slope / ticketsPerMinute,
    error: Math.sqrt(rest / spread / (late.length - 2)),
  };
}

/** Whether it goes on growing, with the hours or with the work, beyond a limit and what chance explains. */
export function isGrowing({ bytesPerMinute, bytesPerTicket, error }: MemoryTrend, limits: Limits): boolean {
  const sure = bytesPerMinute - 2 * error;
  return sure > limits.bytesPerMinute || bytesPerTicket * (sure / bytesPerMinute) > limits.bytesPerTicket;
}
