const LINE_TURNS = 700;
const FIRST_BEYOND_DESKS = 10_000;

/** The turn of the next customer in the line, after `given` of the day [TC2]: 1 to 700, then from 10,001. */
export const lineTurn = (given: number): number =>
  given < LINE_TURNS ? given + 1 : FIRST_BEYOND_DESKS + (given - LINE_TURNS) + 1;

/** The first turn of a block that a desk reserves, after `given` of the day [TC2]: from 701. */
export const deskTurn = (given: number): number => LINE_TURNS + given + 1;
