const LINE_TURNS = 700;
const FIRST_BEYOND_DESKS = 10_000;
const DESK_TURNS = FIRST_BEYOND_DESKS - LINE_TURNS;

/** The turn of the next customer in the line, after `given` of the day [TC2]: 1 to 700, then from 10,001. */
export const lineTurn = (given: number): number =>
  given < LINE_TURNS ? given + 1 : FIRST_BEYOND_DESKS + (given - LINE_TURNS) + 1;

/**
 * The turns that a desk gets when it asks for `wanted`, after `given` of the day [TC2] [TC3]: from 701 up to 10,000, as many
 * as are left. Null: none is.
 */
export function deskTurns(given: number, wanted: number): { firstTurn: number; count: number } | null {
  const count = Math.min(wanted, DESK_TURNS - given);
  return count > 0 ? { firstTurn: LINE_TURNS + given + 1, count } : null;
}
