export interface RegularTask {
  milliseconds: number;
  act: () => Promise<unknown>;
}

/** Does each task again and again until the returned function is called; one that is still at it is not begun again. */
export function every(tasks: readonly RegularTask[], failed: (error: unknown) => void): () => void {
  const timers = tasks.map(({ milliseconds, act }) => {
    let isAtIt = false;
    return setInterval(() => {
      if (isAtIt) return;
      isAtIt = true;
      act()
        .catch(failed)
        .finally(() => {
          isAtIt = false;
        });
    }, milliseconds);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
