import { TurnCode } from '../../protocol/ticket.ts';

const MAXIMUM_TURN = 99_999;

/** "C-012": the letter of the service and at least three digits [TC1]. `turn` is 1 to 99,999. */
export function formatTurnCode(letter: string, turn: number): TurnCode {
  if (!/^[A-Z]$/.test(letter)) throw new RangeError(`letter ${JSON.stringify(letter)} is not A to Z`);
  if (!Number.isInteger(turn) || turn < 1 || turn > MAXIMUM_TURN)
    throw new RangeError(`turn ${turn} is not 1 to 99999`);
  return `${letter}-${String(turn).padStart(3, '0')}`;
}

/** Null when the text is not a turn code. */
export function parseTurnCode(text: string): { letter: string; turn: number } | null {
  if (!TurnCode.safeParse(text).success) return null;
  const turn = Number(text.slice(2));
  return turn === 0 ? null : { letter: text.slice(0, 1), turn };
}
