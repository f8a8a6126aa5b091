/** The bench ends a row then. */
export const ROW_DEADLINE_MS = 8 * 60_000;

/** What follows a comparison in its row has the rest of the time. */
const COMPARED_WITHIN_MS = 5 * 60_000;

/** How long comparisons of this row, which has a process of its own, may still take, in ms. */
export const comparingTimeLeft = (): number => COMPARED_WITHIN_MS - process.uptime() * 1_000;
