/** What a follower of a stream heard after it had stopped reading while the stream went on. */
export interface SlowReading {
  /** Every change, by its place in the stream, in the order in which it was heard. */
  heard: readonly number[];
  /** Where it stood when it stopped reading, and where the stream ended. */
  from: number;
  to: number;
  /** Bytes that still came once it read again, before it was let go: they had been kept for it. */
  keptBytes: number;
}

/** Gives one line for each broken promise: little is kept for who does not read, and it hears of everything once, in order. */
export function checkSlowReader({ heard, from, to, keptBytes }: SlowReading, mostKeptBytes: number): string[] {
  const times = new Map<number, number>();
  for (const seq of heard) times.set(seq, (times.get(seq) ?? 0) + 1);
  const missed = Array.from({ length: to - from }, (_, index) => from + 1 + index).filter((seq) => !times.has(seq));
  const doubled = [...times].filter(([, count]) => count > 1);
  const isInOrder = heard.every((seq, index) => index === 0 || seq > heard[index - 1]!);
  return [
    ...(keptBytes > mostKeptBytes ? [`kept: ${keptBytes} bytes for somebody who does not read`] : []),
    ...(missed.length > 0 ? [`lost: ${missed.length} changes from ${missed[0]} on`] : []),
    ...(doubled.length > 0 ? [`twice: ${doubled.length} changes`] : []),
    ...(isInOrder ? [] : ['order: what came later was heard before what came earlier']),
  ];
}
