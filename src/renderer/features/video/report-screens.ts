import type { CallPhase } from '../../../domain/call/call.ts';
import { nextScreens, type ToldScreens } from '../../../domain/call/next-screens.ts';
import type { CallReport } from '../../../protocol/video/call-report.ts';
import type { Devices } from '../../../web/peer/devices.ts';
import type { PeerCall } from '../../../web/peer/peer-call.ts';
import { screenKindOf } from './screen-kind-of.ts';

/**
 * Tells what belongs on the timeline of the screens that are shared in a call; returns what ends it, and with it those that are
 * still shared. `isHeld`: whether the attention is this agent's; before it is, nothing is told.
 */
export function reportScreens(
  call: Pick<PeerCall, 'get' | 'subscribe'>,
  devices: Pick<Devices, 'get' | 'subscribe'>,
  isHeld: () => boolean,
  tell: (report: CallReport) => void,
  now: () => number = () => Math.round(performance.timeOrigin + performance.now()),
): () => void {
  let told: ToldScreens = { agent: null, guest: null };
  let isOver = false;

  const follow = (phase: CallPhase['name']): void => {
    const { screen } = devices.get().tracks;
    const { remote, isRemoteOn } = call.get();
    // Either may be wanting for a moment while the other is there: a picture that stands still, a track on its way.
    const isGuestSeen = remote.screen !== null || isRemoteOn.screen;
    const shared = { agent: screen && screenKindOf(screen), guest: isGuestSeen ? ('unknown' as const) : null };
    const next = nextScreens(told, shared, phase, now());
    told = next.told;
    for (const report of next.reports) tell(report);
  };

  // Not before the change is whole: a call shows that its streams are gone before it shows why.
  const look = (): void =>
    queueMicrotask(() => {
      if (!isOver && isHeld()) follow(call.get().phase.name);
    });
  const stops = [call.subscribe(look), devices.subscribe(look)];

  return () => {
    isOver = true;
    for (const stop of stops) stop();
    follow('ended');
  };
}
