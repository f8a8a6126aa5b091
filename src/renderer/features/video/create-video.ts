import { isLineWeak } from '../../../domain/readiness/judge-readiness.ts';
import type { TicketHeader } from '../../../protocol/ticket.ts';
import type { AttentionId, OfferId, TicketId } from '../../../protocol/ids.ts';
import type { CallEnd } from '../../../protocol/video/call-end.ts';
import type { CallReport } from '../../../protocol/video/call-report.ts';
import { createCall } from '../../../web/peer/create-call.ts';
import { iceConfiguration } from '../../../web/peer/ice-configuration.ts';
import type { PeerCall } from '../../../web/peer/peer-call.ts';
import { createDevices, type Devices } from '../../../web/peer/devices.ts';
import type { DeskClient } from '../../bridge/desk-client.ts';
import type { DeskStore } from '../../stores/create-desk-store.ts';
import { createPreparedDevices } from './create-prepared-devices.ts';
import { createScreenSender } from './create-screen-sender.ts';
import { deskMemory } from './desk-memory.ts';
import { openVideoOf } from './open-video-of.ts';
import { reportCall } from './report-call.ts';
import { reportScreens } from './report-screens.ts';
import { isOpenOffer } from '../relay/is-open-offer.ts';
import type { OpenVideo, Video, VideoMedia } from './video.ts';
import { videoInHand } from './video-in-hand.ts';

interface Open {
  ticketId: TicketId;
  attentionId: AttentionId | null;
  /** By which it comes to this agent; null once they hold it. */
  offerId: OfferId | null;
  call: PeerCall;
  devices: Devices;
  isBegun: boolean;
  /** A colleague has it: what is left of it here is the last picture of this agent. */
  isPassedOn: boolean;
  /** What its connections know of the ways to the guest: the same again changes nothing. */
  iceKey: string;
  stop: () => void;
}

/** `readiness`: what is known of the guest before the call. */
type Started = Pick<Open, 'ticketId' | 'attentionId' | 'offerId'> & { readiness?: TicketHeader['readiness'] };

/** So long the guest goes on seeing who has passed them on, until the page has changed the picture. */
const LINGER_MS = 600;
/** What was passed on is in hand within this time, or went elsewhere at once. */
const ARRIVES_MS = 10_000;

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
  /** What the agent chose to share last, as the desk's own chooser calls it. */
  let sharedName: string | null = null;

  const show = (): void => {
    view = open && openVideoOf(open, view, sharedName);
    for (const listener of listeners) listener();
  };

  /** A refusal changes nothing here: the ticket in hand and the room say how it stands. */
  const ask: (asked: Promise<unknown>) => void = (asked) => void asked.catch(() => undefined);

  const memory = deskMemory(desk, store);
  const prepared = createPreparedDevices(desk, {
    createDevices: () => media.createDevices(memory),
    isInUse: (devices) => open?.devices === devices,
  });

  const inHand = (): TicketHeader | null => videoInHand(store.getState());

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
  const start = ({ ticketId, attentionId, offerId, readiness }: Started, kept: Devices | null = null): void => {
    const devices = kept ?? media.createDevices(memory);
    const call = media.createCall({
      role: 'agent',
      accepts: ['camera', 'microphone'],
      isLineWeak: isLineWeak(readiness),
      send: (signal) => ask(desk.call('video.say', { ticketId, signal })),
      configuration: () => iceConfiguration(store.getState().room?.ice ?? null),
    });
    const opened: Open = {
      ticketId,
      attentionId,
      offerId,
      call,
      devices,
      isBegun: false,
      isPassedOn: false,
      iceKey: JSON.stringify(store.getState().room?.ice ?? null),
      stop: () => {
        for (const end of ends) end();
      },
    };
    // Until the guest has passed on to this agent, the attention is their colleague's.
    const isHeld = (): boolean => opened.offerId === null;
    const report = (said: CallReport): void => {
      if (!isHeld() || attentionId === null) return;
      ask(desk.call('act', { type: 'call.report', ticketId, attentionId, report: said }));
    };
    const screen = createScreenSender(call);
    const sendDevices = (): void => {
      const { tracks } = devices.get();
      // Chosen too late: what is on this desk now is of others.
      if (opened.isPassedOn && tracks.screen !== null) return devices.stop('screen');
      for (const source of ['camera', 'microphone'] as const) call.setTrack(source, tracks[source]);
      show();
      screen.send(tracks.screen);
    };
    const ends = [
      devices.subscribe(sendDevices),
      screen.stop,
      call.subscribe(() => {
        begin(opened);
        show();
      }),
      reportCall(call, report),
      reportScreens(call, devices, isHeld, report),
      desk.on('signal.heard', (heard) => heard.ticketId === ticketId && call.receive(heard.signal)),
      store.subscribe(() => followRoom(opened)),
    ];
    open = opened;
    // A host that gives devices out in a video alone hears of it first.
    ask(desk.call('video.join', { ticketId }));
    if (kept) sendDevices();
    else ask(devices.capture());
    call.start();
    // The room may have been taken while this was on its way.
    followRoom(opened);
    show();
  };

  const startHeld = ({ id: ticketId, holder, readiness }: TicketHeader, kept: Devices | null = null): void =>
    start({ ticketId, attentionId: holder?.attentionId ?? null, offerId: null, readiness }, kept);

  const closeLater = (cause: CallEnd, milliseconds: number, isStill: () => boolean = () => true): void => {
    const leaving = open;
    setTimeout(() => open === leaving && isStill() && close(cause), milliseconds);
  };

  const follow = (): void => {
    if (!open) return;
    if (inHand()?.holder?.attentionId === open.attentionId) open.offerId = null;
    else if (open.offerId === null) {
      const own = store.getState().transfer?.own;
      const isPassedOn = own?.attentionId === open.attentionId && ['accepted', 'completed'].includes(own.state);
      if (!isPassedOn) return close('finished');
      open.isPassedOn = true;
      // The desk goes on to other customers at once.
      open.devices.stop('screen');
      closeLater('transferred', LINGER_MS);
    }
  };

  const followOffer = (): void => {
    if (!open || open.offerId === null) return;
    const { offerId } = open;
    const offer = store.getState().transfer?.toMe;
    if (offer?.id !== offerId || (!isOpenOffer(offer) && offer.state !== 'completed')) close('transferred');
    else if (offer.state === 'completed') {
      closeLater('transferred', ARRIVES_MS, () => open?.offerId === offerId);
    }
  };

  const openTicket = (ticketId: TicketId): void => {
    const header = inHand();
    if (header?.id !== ticketId) return;
    if (open?.call.get().phase.name === 'ended') close('lost');
    if (open && open.ticketId !== ticketId) close('transferred');
    if (open) return;
    startHeld(header, prepared.take(ticketId));
  };

  store.subscribe((state, before) => {
    if (state.current !== before.current) follow();
    if (state.transfer !== before.transfer) followOffer();
  });
  desk.onPipeState((state) => {
    // Another window has this desk, or the desk is another one: nobody sees this window any more.
    if (state !== 'replaced' && state !== 'refused') return;
    prepared.drop();
    close('moved');
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
    prepare: (ticketId, called) => {
      if (!open) prepared.prepare(ticketId, called);
    },
    open: openTicket,
    takeOver: ({ id: offerId, ticketId, nextAttentionId: attentionId }) => {
      if (open) close('transferred');
      start({ ticketId, attentionId, offerId });
      followOffer();
    },
    restart: () => {
      const header = inHand();
      if (!open || !header) return;
      const { devices } = open;
      // Shown to the one who is out; whoever comes is shown it by a press of its own.
      devices.stop('screen');
      close('revoked', { keepsDevices: true });
      startHeld(header, devices);
    },
    captureAgain: () => {
      if (open) ask(open.devices.capture());
    },
    setOn: (source, isOn) => open?.call.setOn(source, isOn),
    choose: (source, deviceId) => {
      if (open) ask(open.devices.choose(source, deviceId));
    },
    chooseSpeaker: (deviceId) => open?.devices.chooseSpeaker(deviceId),
    openTryOut: () => media.createDevices(memory),
    shareScreen: (name = null) => {
      sharedName = name;
      if (open) ask(open.devices.captureScreen());
    },
    stopScreen: () => open?.devices.stop('screen'),
    answerScreen: (isAllowed) => (isAllowed ? open?.call.accept('screen') : open?.call.decline('screen')),
  };
}
