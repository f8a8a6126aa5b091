import { hasRelay } from './ice-configuration.ts';

/**
 * Says of a connection that may go through a relay whether one has given it an address: once it has one, and once the browser
 * has asked them all in vain.
 */
export function watchRelay(
  connection: Pick<RTCPeerConnection, 'addEventListener' | 'iceGatheringState'>,
  configuration: RTCConfiguration,
  tell: (isThere: boolean) => void,
): void {
  if (!hasRelay(configuration)) return;
  let isThere = false;
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (isThere || candidate?.type !== 'relay') return;
    isThere = true;
    tell(true);
  });
  connection.addEventListener('icegatheringstatechange', () => {
    if (connection.iceGatheringState === 'complete' && !isThere) tell(false);
  });
}
