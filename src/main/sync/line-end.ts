import { DeskError } from '../desk-error.ts';
import type { SocketEnd } from './desk-socket.ts';

/** Why the line ended for good: the session is over, here or everywhere, or the desk itself is no more. */
export type LineEnd = 'expired' | 'revoked' | 'signedInElsewhere' | 'clientTooOld' | 'deskRevoked';

/** Null for an end after which another try may succeed. */
export function endOfSocket({ how, reason }: SocketEnd): LineEnd | null {
  if (how === 'replaced') return 'signedInElsewhere';
  if (how !== 'unauthenticated') return null;
  switch (reason) {
    case 'signedInElsewhere':
    case 'clientTooOld':
    case 'deskRevoked':
      return reason;
    case 'revoked':
    case 'disabled':
      return 'revoked';
    default:
      return null;
  }
}

/** Which refusals of a socket ticket end the line; null for those worth another try. */
export function endOf(error: unknown): LineEnd | null {
  if (!(error instanceof DeskError)) return null;
  switch (error.code) {
    case 'SESSION_EXPIRED':
      return 'expired';
    case 'SIGNED_IN_ELSEWHERE':
      return 'signedInElsewhere';
    case 'UNAUTHENTICATED':
    case 'FORBIDDEN':
      return 'revoked';
    case 'DESK_REVOKED':
      return 'deskRevoked';
    case 'CLIENT_TOO_OLD':
      return 'clientTooOld';
    default:
      return null;
  }
}
