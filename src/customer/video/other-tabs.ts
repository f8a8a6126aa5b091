import { isRecord } from '../live/frame-checks.ts';

export interface OtherTabs {
  /** This tab goes on with the link; those that were on it stop. */
  claim: () => void;
  close: () => void;
}

/** The tabs of this browser that are open at the same link. Of two, the one that entered last goes on (trust B62). */
export function listenToTabs(token: string, taken: () => void): OtherTabs {
  const channel = new BroadcastChannel('ventanilla-video');
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isRecord(data) && data['token'] === token) taken();
  });
  return { claim: () => channel.postMessage({ token }), close: () => channel.close() };
}
