/** Embeddings, overrides and isolates of direction (Unicode 15, UAX #9). */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A stranger's text as it stands in its letters: nothing in it turns others around, so that `gnp.exe` never reads `exe.png`. */
export const plainText = (text: string): string => text.replace(DIRECTIONS, '');
