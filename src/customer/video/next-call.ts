import type { AttentionId, OfferId } from '../../protocol/ids.ts';
import type { CallEnd } from '../../protocol/video/call-end.ts';
import type { CallView } from '../../web/peer/call-view.ts';
import type { PeerCall } from '../../web/peer/peer-call.ts';

/** Said again while the server has not passed the call on: the word may be lost with the line. */
const SAY_EVERY_MS = 1_000;

/** The connection with the colleague who takes over, beside the one that goes on until theirs carries media. */
export interface NextCall {
  readonly attentionId: AttentionId;
  readonly peer: PeerCall;
  /** A frame of their picture was drawn. */
  drawn: () => void;
  /** It is the call from now on: nothing more is said of it here. */
  settle: () => void;
  close: (cause: CallEnd) => void;
}

interface Options {
  next: { offerId: OfferId; attentionId: AttentionId };
  peer: PeerCall;
  /** Their media are here. */
  flows: (offerId: OfferId) => void;
  changed: (view: CallView) => void;
}

export function createNextCall({ next: { offerId, attentionId }, peer, flows, changed }: Options): NextCall {
  let hasDrawn = false;
  let saidAt = -SAY_EVERY_MS;

  const look = (): void => {
    const view = peer.get();
    changed(view);
    if (!isFlowing(view, hasDrawn) || performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    flows(offerId);
  };
  const settle = peer.subscribe(look);

  return {
    attentionId,
    peer,
    drawn: () => {
      hasDrawn = true;
      look();
    },
    settle,
    close: (cause) => {
      settle();
      peer.end(cause);
      peer.close();
    },
  };
}

/** Whether what the other side says that it sends is here: its picture, or without one its voice. */
export function isFlowing({ phase, isRemoteOn, stats }: CallView, hasDrawn: boolean): boolean {
  if (phase.name !== 'connected' && phase.name !== 'audioOnly') return false;
  const received = stats?.received ?? {};
  if (isRemoteOn.camera) return hasDrawn || (received.camera?.framesDecoded ?? 0) > 0;
  return isRemoteOn.microphone && (received.microphone?.packetsReceived ?? 0) > 0;
}
