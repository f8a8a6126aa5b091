/** Why the browser gives no camera, microphone or screen, as the person in front of it has to be told. */
export type MediaCause =
  /** Another program has the device. */
  | 'inUse'
  | 'none'
  /** The person, or the browser's settings, said no. */
  | 'blocked'
  | 'blockedBySystem'
  /** The question was closed without an answer. */
  | 'dismissed'
  /** It was there and is gone. */
  | 'unplugged'
  /** The device cannot do what was asked of it. */
  | 'tooWeak'
  | 'aborted'
  /** The page is not on https. */
  | 'insecure'
  /** The browser wants a click right before. */
  | 'needsClick'
  | 'unknown';

/** By name: those of the Media Capture and Screen Capture specifications, and older ones of browsers in use. */
const causes: Record<string, MediaCause> = {
  NotReadableError: 'inUse',
  TrackStartError: 'inUse',
  NotFoundError: 'none',
  DevicesNotFoundError: 'none',
  NotAllowedError: 'blocked',
  PermissionDeniedError: 'blocked',
  PermissionDismissedError: 'dismissed',
  SecurityError: 'blocked',
  OverconstrainedError: 'tooWeak',
  ConstraintNotSatisfiedError: 'tooWeak',
  AbortError: 'aborted',
  InvalidStateError: 'needsClick',
  NotSupportedError: 'insecure',
  UnpluggedError: 'unplugged',
};

/** The cause in an error of `getUserMedia` or `getDisplayMedia`. */
export function mediaCause(error: unknown): MediaCause {
  if (!(error instanceof Error)) return 'unknown';
  // Without https there is no `navigator.mediaDevices` to call.
  if (error instanceof TypeError && !globalThis.isSecureContext) return 'insecure';
  const cause = causes[error.name] ?? 'unknown';
  if (cause !== 'blocked') return cause;
  if (/by system/i.test(error.message)) return 'blockedBySystem';
  return /dismissed/i.test(error.message) ? 'dismissed' : 'blocked';
}

/** What a track that ended by itself says: no error of the browser tells it. */
export function unpluggedError(): Error {
  return Object.assign(new Error('The device is gone'), { name: 'UnpluggedError' });
}
