import type { Fact, FactName, PassingFact } from '../../bridge/contract.ts';
import type { DownFrame } from '../../bridge/frame.ts';

type Sink = (frame: DownFrame) => void;

/**
 * Tells facts to the windows: the latest of each once a tick, however often it changed in it, and all of them anew to a
 * window that attaches. What is passing is told one by one, behind the rest, and never again.
 */
export function createPublisher() {
  const latest = new Map<FactName, unknown>();
  const changed = new Set<FactName>();
  const passing: DownFrame[] = [];
  const sinks = new Set<Sink>();
  let isScheduled = false;

  const tell = (frame: DownFrame): void => {
    for (const sink of sinks) sink(frame);
  };
  const flush = (): void => {
    isScheduled = false;
    for (const name of changed) tell({ t: 'fact', name, fact: latest.get(name) });
    changed.clear();
    for (const frame of passing.splice(0)) tell(frame);
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  };

  return {
    publish: <Name extends Exclude<FactName, PassingFact>>(name: Name, fact: Fact<Name>): void => {
      latest.set(name, fact);
      changed.add(name);
      schedule();
    },
    tellOnce: <Name extends PassingFact>(name: Name, fact: Fact<Name>): void => {
      passing.push({ t: 'fact', name, fact });
      schedule();
    },
    latest: <Name extends Exclude<FactName, PassingFact>>(name: Name): Fact<Name> | null =>
      (latest.get(name) as Fact<Name> | undefined) ?? null,
    /** What was told of an agent is not told to the next. */
    forget: (...names: FactName[]): void => {
      for (const name of names) {
        latest.delete(name);
        changed.delete(name);
      }
    },
    /** Tells at once what is still to be told, so that it comes before what follows from it. */
    flush,
    attach: (sink: Sink): (() => void) => {
      for (const [name, fact] of latest) sink({ t: 'fact', name, fact });
      sinks.add(sink);
      return () => sinks.delete(sink);
    },
  };
}

export type Publisher = ReturnType<typeof createPublisher>;
