/** Two tones before a call. */
export interface Chime {
  /** Resolves when the tones are over, at once where sound is not allowed. */
  play: () => Promise<void>;
  /** The browser waits for a touch before it lets this page sound. */
  isBlocked: () => boolean;
  /** To be called from a touch. */
  unblock: () => void;
  /** Tells when `isBlocked` may have changed. */
  subscribe: (listener: () => void) => () => void;
}
