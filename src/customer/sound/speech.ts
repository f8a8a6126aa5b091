/** A voice that says one thing at a time. */
export interface Speech {
  /** Resolves when it has been said; at once where there is no voice for `locale` (BCP 47). */
  speak: (words: { text: string; locale: string }) => Promise<void>;
}
