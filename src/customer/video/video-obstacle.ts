export type VideoObstacle = 'noCookies' | 'insecure' | 'unsupported';

/** What keeps this browser from a video at all; null for nothing. */
export function videoObstacle(): VideoObstacle | null {
  if (!window.isSecureContext) return 'insecure';
  if (!('RTCPeerConnection' in window)) return 'unsupported';
  return navigator.cookieEnabled ? null : 'noCookies';
}
