import { readFileSync, writeFileSync } from 'node:fs';

/** Beside the marker, because a damaged or emptied file cannot say what it held. */
export const waitingCountPath = (markerPath: string): string => `${markerPath}.waiting`;

/** How many rows the outbox and "No enviado" held when they last changed; 0 where nobody has said. */
export function readWaitingCount(path: string): number {
  try {
    const count = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(count) && count > 0 ? count : 0;
  } catch {
    return 0;
  }
}

const WIDTH = 9;

/**
 * Of one width, so that it fits into the place of the last one also on a full disk. It only serves to tell the truth about a
 * damage: where it cannot be written, the rows themselves are safe all the same.
 */
export function writeWaitingCount(path: string, count: number): void {
  const text = String(count).padStart(WIDTH);
  try {
    writeFileSync(path, text, { flag: 'r+' });
  } catch {
    writeNew(path, text);
  }
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch {
    // No place for it: an earlier count, if any, stays.
  }
}
