interface Options {
  /** Reads what was not read at the start; gives the branches whose files were damaged and begin anew. */
  check: () => Promise<readonly string[]>;
  rebuilt: (branchIds: readonly string[]) => void;
}

/** The files of large branches are read from end to end after the start: damage is found late, or where something meets it. */
export function createFileCheck({ check, rebuilt }: Options) {
  let repairs = 0;
  const run = async (): Promise<void> => {
    const branchIds = await check();
    if (branchIds.length === 0) return;
    repairs += 1;
    rebuilt(branchIds);
  };
  return {
    run,
    /** What comes upon damage is done once more after it, whoever found it. */
    mended: async <Output>(ask: () => Promise<Output>): Promise<Output> => {
      const before = repairs;
      try {
        return await ask();
      } catch (error) {
        await run();
        if (repairs === before) throw error;
        return ask();
      }
    },
  };
}
