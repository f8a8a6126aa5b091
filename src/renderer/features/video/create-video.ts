import type { TicketHeader } from '../../../protocol/ticket.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import type { CallEnd } from '../../../protocol/video/call-end.ts';
import type { CallView } from '../../../web/peer/call-view.ts';
import { createCall } from '../../../web/peer/create-call.ts';
import { iceConfiguration } from '../../../web/peer/ice-configuration.ts';
import type { CallOptions, PeerCall } from '../../../web/peer/peer-call.ts';
import { createDevices, type Devices, type DevicesView } from '../../../web/peer/devices.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';
import type { DeskStore } from '../../stores/create-desk-store.ts';

/** The video that is open at this desk. */
export interface OpenVideo {
  ticketId: TicketId;
  call: CallView;
  devices: DevicesView;
  /** Our own picture, for a media element. */
  picture: MediaStream | null;
}

export interface Video {
  get: () => OpenVideo | null;
  subscribe: (listener: () => void) => () => void;
  /** Only after a click of the agent (trust T25): captures camera and microphone, and lets the guest in. */
  open: (ticketId: TicketId) => void;
  /** Another link holds now: whoever came in by the one before is out, with picture and sound. */
  restart: () => void;
  /** Asks for camera and microphone once more. */
  captureAgain: () => void;
  setOn: (source: 'camera' | 'microphone', isOn: boolean) => void;
  choose: (source: 'camera' | 'microphone', deviceId: string) => void;
  shareScreen: () => void;
  stopScreen: () => void;
}

interface Open {
  ticketId: TicketId;
  attentionId: string;
  call: PeerCall;
  devices: Devices;
  isBegun: boolean;
  /** What its connections know of the ways to the guest: the same again changes nothing. */
  iceKey: string;
  stop: () => void;
}

/** What a video is made of. */
export interface VideoMedia {
  createCall: (options: CallOptions) => PeerCall;
  createDevices: () => Devices;
}

/**
 * The video of the ticket in hand, for as long as this attention holds it: it lives beside the screens, which come and go. It
 * opens by a press of the agent alone, and a call by hand is one. Its devices are let go when the attention ends.
 */
export function createVideo(
  desk: DeskClient,
  store: DeskStore,
  media: VideoMedia = { createCall, createDevices },
): Video {
  const listeners = new Set<() => void>();
  let open: Open | null = null;
  let view: OpenVideo | null = null;

  const show = (): void => {
    if (open) {
      const { ticketId, call, devices } = open;
      const { camera } = devices.get().tracks;
      const isSame = camera !== null && view?.picture?.getVideoTracks()[0] === camera;
      const picture = isSame ? (view?.picture ?? null) : camera && new MediaStream([camera]);
      view = { ticketId, call: call.get(), devices: devices.get(), picture };
    } else view = null;
    for (const listener of listeners) listener();
  };

  /** A refusal changes nothing here: the ticket in hand and the room say how it stands. */
  const ask: (asked: Promise<unknown>) => void = (asked) => void asked.catch(() => undefined);

  const inHand = (): TicketHeader | null => {
    const header = store.getState().current?.ticket?.header;
    return header?.kind === 'virtual' && ['calling', 'attending'].includes(header.state) ? header : null;
  };

  const close = (cause: CallEnd, { keepsDevices = false } = {}): void => {
    if (!open) return;
    const { ticketId, call, devices, stop } = open;
    open = null;
    stop();
    call.end(cause);
    call.close();
    if (!keepsDevices) devices.close();
    ask(desk.call('video.leave', { ticketId }));
    show();
  };

  /** The guest is there: whoever called attends from now on. */
  const begin = (opened: Open): void => {
    const { name } = opened.call.get().phase;
    if (opened.isBegun || (name !== 'connected' && name !== 'audioOnly')) return;
    if (inHand()?.state !== 'calling' || !opened.call.get().isLineUp) return;
    opened.isBegun = true;
    desk.call('act', { type: 'attention.begin', ticketId: opened.ticketId }).catch(() => {
      // The line broke meanwhile: it is tried again when it is back.
      opened.isBegun = false;
    });
  };

  const followRoom = (opened: Open): void => {
    const { room } = store.getState();
    if (room?.ticketId !== opened.ticketId) return;
    const { call } = opened;
    if (call.get().isLineUp !== room.isLineUp) call.lineUp(room.isLineUp);
    const iceKey = JSON.stringify(room.ice);
    if (room.ice && iceKey !== opened.iceKey) {
      opened.iceKey = iceKey;
      call.setConfiguration(iceConfiguration(room.ice));
    }
    if (call.get().isPeerHere !== room.isGuestHere) {
      if (room.isGuestHere) call.peerCame();
      else call.peerLeft();
    }
    begin(opened);
  };

  /** `kept`: devices of a call before, as they are: what was muted stays so. */
  const start = ({ id: ticketId, holder }: TicketHeader, kept: Devices | null = null): void => {
    const devices = kept ?? media.createDevices();
    const call = media.createCall({
      role: 'agent',
      accepts: ['camera', 'microphone'],
      send: (signal) => ask(desk.call('video.say', { ticketId, signal })),
      configuration: () => iceConfiguration(store.getState().room?.ice ?? null),
    });
    const opened: Open = {
      ticketId,
      attentionId: holder?.attentionId ?? '',
      call,
      devices,
      isBegun: false,
      iceKey: JSON.stringify(store.getState().room?.ice ?? null),
      stop: () => {
        for (const end of ends) end();
      },
    };
    const sendDevices = (): void => {
      const { tracks } = devices.get();
      for (const source of ['camera', 'microphone', 'screen'] as const) call.setTrack(source, tracks[source]);
      show();
    };
    const ends = [
      devices.subscribe(sendDevices),
      call.subscribe(() => {
        begin(opened);
        show();
      }),
      desk.on('signal.heard', (heard) => heard.ticketId === ticketId && call.receive(heard.signal)),
      store.subscribe(() => followRoom(opened)),
    ];
    open = opened;
    // A host that gives devices out in a video alone hears of it first.
    ask(desk.call('video.join', { ticketId }));
    if (kept) sendDevices();
    else ask(devices.capture({ camera: null, microphone: null }));
    call.start();
    show();
  };

  const follow = (): void => {
    const header = inHand();
    if (open && header?.holder?.attentionId !== open.attentionId) close('finished');
  };

  const openTicket = (ticketId: TicketId): void => {
    const header = inHand();
    if (header?.id !== ticketId) return;
    if (open?.call.get().phase.name === 'ended') close('lost');
    if (!open) start(header);
  };

  store.subscribe((state, before) => {
    if (state.current !== before.current) follow();
  });
  desk.onPipeState((state) => {
    // Another window has this desk, or the desk is another one: nobody sees this window any more.
    if (state === 'replaced' || state === 'refused') close('moved');
  });
  desk.on('notice.raised', (notice) => {
    if (notice.type === 'called' && !notice.isAutomatic) openTicket(notice.ticketId);
  });

  return {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: openTicket,
    restart: () => {
      const header = inHand();
      if (!open || !header) return;
      const { devices } = open;
      close('revoked', { keepsDevices: true });
      start(header, devices);
    },
    captureAgain: () => {
      if (open) ask(open.devices.capture({ camera: null, microphone: null }));
    },
    setOn: (source, isOn) => open?.call.setOn(source, isOn),
    choose: (source, deviceId) => {
      if (open) ask(open.devices.choose(source, deviceId));
    },
    shareScreen: () => {
      if (open) ask(open.devices.captureScreen());
    },
    stopScreen: () => open?.devices.stop('screen'),
  };
}
