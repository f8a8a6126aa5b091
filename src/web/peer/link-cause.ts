/** Why one connection of a call failed. */
export type LinkCause =
  /** This browser has no WebRTC. */
  | 'unsupported'
  /** The addresses of the relay, or its credentials, are not what a browser takes. */
  | 'configuration'
  /** No way to the other side, or no longer. */
  | 'unreachable'
  /** The other side closed it. */
  | 'closedByPeer'
  /** The two did not come to terms about what is sent how. */
  | 'negotiation'
  /** Another key than the one this session began with (trust B70). */
  | 'keyChanged'
  | 'unknown';

/** By the library's error codes, all that it has. */
export const linkCauses: Record<string, LinkCause> = {
  ERR_WEBRTC_SUPPORT: 'unsupported',
  ERR_UNSUPPORTED_REPLACETRACK: 'unsupported',
  ERR_PC_CONSTRUCTOR: 'configuration',
  ERR_PC_PEER_IDENTITY: 'configuration',
  ERR_ICE_CONNECTION_FAILURE: 'unreachable',
  ERR_CONNECTION_FAILURE: 'unreachable',
  ERR_ICE_CONNECTION_CLOSED: 'closedByPeer',
  ERR_DATA_CHANNEL: 'closedByPeer',
  ERR_DESTROYED: 'closedByPeer',
  ERR_SIGNALING: 'negotiation',
  ERR_CREATE_OFFER: 'negotiation',
  ERR_CREATE_ANSWER: 'negotiation',
  ERR_SET_LOCAL_DESCRIPTION: 'negotiation',
  ERR_SET_REMOTE_DESCRIPTION: 'negotiation',
  ERR_ADD_ICE_CANDIDATE: 'negotiation',
  ERR_ADD_TRANSCEIVER: 'negotiation',
  ERR_SENDER_REMOVED: 'negotiation',
  ERR_SENDER_ALREADY_ADDED: 'negotiation',
  ERR_TRACK_NOT_ADDED: 'negotiation',
  ERR_REMOVE_TRACK: 'negotiation',
};

export function linkCause(error: unknown): LinkCause {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return linkCauses[code] ?? 'unknown';
}
