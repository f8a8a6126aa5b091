/** What somebody wrote in place of what they saw. */
export interface Edit {
  by: string;
  field: string;
  saw: string | null;
  wrote: string;
}

type Fields = Record<string, string | null>;

/**
 * Holds what people wrote into one contact against what it was and is, and against what each was told was not taken. Gives one
 * line for each text that is gone without its author or its next reader knowing; none when nobody's text vanished.
 */
export function checkEdits(
  edits: readonly Edit[],
  { before, after, shown }: { before: Fields; after: Fields; shown: readonly { by: string; wrote: string }[] },
): string[] {
  const isShown = ({ by, wrote }: Edit): boolean => shown.some((each) => each.by === by && each.wrote === wrote);
  return [...Map.groupBy(edits, ({ field }) => field)].flatMap(([field, written]) => {
    const taken = written.filter((edit) => !isShown(edit));
    if (taken.length === 0 && written.length > 0) return [`refused for nothing: all that was written into ${field}`];
    const left = new Set(taken);
    let at = after[field] ?? null;
    // From what it is now back to what it was: each saw what the one before had written.
    for (let last = find(left, at); last; last = find(left, at)) {
      left.delete(last);
      at = last.saw;
    }
    return [
      ...(at === (before[field] ?? null)
        ? []
        : [`invented: ${field} was ${before[field]} and nobody wrote over ${at}`]),
      ...[...left].map(({ by, wrote }) => `vanished: ${wrote} of ${by} was overwritten by somebody who never saw it`),
    ];
  });
}

const find = (edits: ReadonlySet<Edit>, text: string | null): Edit | undefined =>
  [...edits].find(({ wrote }) => wrote === text);
