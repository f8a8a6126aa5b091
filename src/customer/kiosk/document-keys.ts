const DIGITS_ONLY: ReadonlySet<string> = new Set(['CC', 'CE', 'CI', 'CPF', 'CUIT', 'DNI', 'NIT', 'RUC']);
/** Documents of digits whose last sign may be a letter. */
const CHECK_LETTERS: Readonly<Record<string, string>> = { RUT: 'K', RG: 'X' };
const LETTER_ROWS = ['QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM'] as const;

export interface DocumentKeys {
  /** The one letter beside the digits, if the kind of document has it. */
  checkLetter: string | null;
  /** Rows of letters, for documents that have them anywhere. */
  letterRows: readonly string[];
}

/** The keys that a kind of document needs beside the digits. */
export function documentKeys(documentType: string): DocumentKeys {
  const checkLetter = CHECK_LETTERS[documentType] ?? null;
  const hasLetters = checkLetter === null && !DIGITS_ONLY.has(documentType);
  return { checkLetter, letterRows: hasLetters ? LETTER_ROWS : [] };
}

/** What was typed, as this kind of document can be: its signs alone, in capitals, at most 20. */
export function documentSigns(documentType: string, typed: string): string {
  const { checkLetter, letterRows } = documentKeys(documentType);
  const letters = letterRows.join('') + (checkLetter ?? '');
  return Array.from(typed.toUpperCase())
    .filter((sign) => /\d/.test(sign) || letters.includes(sign))
    .slice(0, LONGEST)
    .join('');
}

const LONGEST = 20;
export const SHORTEST_DOCUMENT = 4;
