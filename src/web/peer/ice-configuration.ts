import type { Ice } from '../../protocol/video/ice.ts';

/** Whether a connection that is made with it may go through a relay. */
export const hasRelay = ({ iceServers = [] }: RTCConfiguration): boolean =>
  iceServers.some(({ urls }) => [urls].flat().some((url) => url.startsWith('turn')));

/** What a connection needs to know of the ways to the other side, as the browser wants it. */
export const iceConfiguration = (ice: Ice | null): RTCConfiguration => ({
  iceTransportPolicy: ice?.policy ?? 'all',
  iceServers: (ice?.servers ?? []).map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  })),
});
