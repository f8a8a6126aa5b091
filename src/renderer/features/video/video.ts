import type { TicketId } from '../../../protocol/ids.ts';
import type { ScreenKind } from '../../../protocol/video/call-report.ts';
import type { TransferOffer } from '../../../protocol/video/transfer-offer.ts';
import type { CallView } from '../../../web/peer/call-view.ts';
import type { DeviceMemory } from '../../../web/peer/device-memory.ts';
import type { Devices } from '../../../web/peer/devices.ts';
import type { CapturedSource, DevicesView } from '../../../web/peer/devices-view.ts';
import type { CallOptions, PeerCall } from '../../../web/peer/peer-call.ts';

/** The video that is open at this desk. */
export interface OpenVideo {
  ticketId: TicketId;
  call: CallView;
  devices: DevicesView;
  /** Our own picture, for a media element. */
  picture: MediaStream | null;
  /** What of this machine the guest sees; null for nothing. */
  shared: Shared | null;
}

export interface Shared {
  kind: ScreenKind;
  /** Null where the browser does not tell what was chosen. */
  name: string | null;
}

export interface Video {
  get: () => OpenVideo | null;
  subscribe: (listener: () => void) => () => void;
  /** The agent pressed to call this guest (trust T25): captures camera and microphone while the server is asked. */
  prepare: (ticketId: TicketId, called: Promise<boolean>) => void;
  /** Only after a click of the agent (trust T25): captures camera and microphone, and lets the guest in. */
  open: (ticketId: TicketId) => void;
  /** After "Aceptar": captures camera and microphone, and goes to the guest of the offer beside who attends them. */
  takeOver: (offer: Taken) => void;
  /** Another link holds now: whoever came in by the one before is out, with picture and sound. */
  restart: () => void;
  /** Asks for camera and microphone once more. */
  captureAgain: () => void;
  setOn: (source: CapturedSource, isOn: boolean) => void;
  choose: (source: CapturedSource, deviceId: string) => void;
  chooseSpeaker: (deviceId: string) => void;
  /** Camera and microphone before a call; nothing is captured before it is asked to. */
  openTryOut: () => Devices;
  /** Only after a click of the agent. @param name of what they chose, where the desk itself asked */
  shareScreen: (name?: string | null) => void;
  stopScreen: () => void;
  /** Whether the guest's screen, which nobody asked for, is to be seen here (trust B80). */
  answerScreen: (isAllowed: boolean) => void;
}

/** An accepted offer of a colleague's video. */
export type Taken = Pick<TransferOffer, 'id' | 'ticketId' | 'nextAttentionId'>;

/** What a video is made of. */
export interface VideoMedia {
  createCall: (options: CallOptions) => PeerCall;
  createDevices: (memory: DeviceMemory) => Devices;
}
