/** Who waits for what at this moment: what is told of work that does not end. */
export interface Waits {
  /** The same promise, on the list until it is settled. */
  on: <Result>(what: string, promise: Promise<Result>) => Promise<Result>;
  /**
   * The same promise, for so many milliseconds at most.
   * @param more lines about how things stand by then
   * @throws Error that names every open wait, oldest first, when it is not settled by then
   */
  within: <Result>(milliseconds: number, promise: Promise<Result>, more: () => string[]) => Promise<Result>;
}

export function createWaits(): Waits {
  const open = new Set<{ what: string; since: number }>();
  const told = (): string[] =>
    [...open].map(({ what, since }) => `${what}: for ${((performance.now() - since) / 1000).toFixed(1)} s`);
  return {
    on: async (what, promise) => {
      const wait = { what, since: performance.now() };
      open.add(wait);
      return promise.finally(() => open.delete(wait));
    },
    within: async (milliseconds, promise, more) => {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        const lines = [...told(), ...more()];
        late.reject(new Error([`it does not end within ${milliseconds / 1000} s`, ...lines].join('\n')));
      }, milliseconds);
      return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
    },
  };
}
