const stop = Promise.withResolvers<never>();
stop.promise.catch(() => undefined);

/** What the row waits for fails from now on, so that it leaves through its `finally` blocks and ends all that it started. */
export function stopRow(): void {
  stop.reject(new Error('The row was ended.'));
}

/** Settles as `work` does. @throws when the row is ended before; the work goes on, and fails with what it works on */
export const untilStopped = <Output>(work: Promise<Output>): Promise<Output> => Promise.race([stop.promise, work]);
