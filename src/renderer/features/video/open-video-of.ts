import type { TicketId } from '../../../protocol/ids.ts';
import type { Devices } from '../../../web/peer/devices.ts';
import type { PeerCall } from '../../../web/peer/peer-call.ts';
import { screenKindOf } from './screen-kind-of.ts';
import type { OpenVideo, Shared } from './video.ts';

/**
 * What the screens show of an open video. `before`: what they showed last, whose picture and shared source stay the same objects as
 * long as their tracks do. `sharedName`: what was chosen last, as the desk's own chooser calls it.
 */
export function openVideoOf(
  { ticketId, call, devices }: { ticketId: TicketId; call: PeerCall; devices: Devices },
  before: OpenVideo | null,
  sharedName: string | null,
): OpenVideo {
  const { camera, screen } = devices.get().tracks;
  const isSamePicture = camera !== null && before?.picture?.getVideoTracks()[0] === camera;
  return {
    ticketId,
    call: call.get(),
    devices: devices.get(),
    picture: isSamePicture ? (before?.picture ?? null) : camera && new MediaStream([camera]),
    shared: sharedOf(screen, before, sharedName),
  };
}

function sharedOf(screen: MediaStreamTrack | null, before: OpenVideo | null, name: string | null): Shared | null {
  if (screen === null) return null;
  if (before?.shared && before.devices.tracks.screen === screen) return before.shared;
  return { kind: screenKindOf(screen), name };
}
