/** One side of a call with nothing around it: `?role=agent` or `guest`, and a line to whoever opened the page. */
import type { CallRole } from '../../../../domain/call/call.ts';
import type { CallEnd } from '../../../../protocol/video/call-end.ts';
import { MediaSource } from '../../../../protocol/video/signal.ts';
import type { Signal } from '../../../../protocol/video/signal.ts';
import { createCall } from '../../create-call.ts';
import { createDevices } from '../../devices.ts';

/** From the wire to a side. */
export type WireDown =
  { type: 'called' | 'peerCame' | 'peerLeft' } | { type: 'signal'; signal: Signal } | { type: 'ended'; cause: CallEnd };
/** From a side to the wire. */
export type WireUp = { type: 'signal'; signal: Signal };

function createSide() {
  const role = new URLSearchParams(location.search).get('role') as CallRole;
  const devices = createDevices();
  let socket: WebSocket | null = null;
  const call = createCall({
    role,
    send: (signal) => socket?.send(JSON.stringify({ type: 'signal', signal } satisfies WireUp)),
    configuration: () => ({ iceServers: [] }),
    accepts: role === 'agent' ? ['camera', 'microphone'] : ['camera', 'microphone', 'screen'],
  });
  devices.subscribe(() => {
    for (const source of MediaSource.options) call.setTrack(source, devices.get().tracks[source]);
  });
  call.subscribe(() => {
    for (const source of MediaSource.options) {
      const element = document.getElementById(source) as HTMLMediaElement;
      const stream = call.get().remote[source];
      if (element.srcObject !== stream) element.srcObject = stream;
    }
  });

  function connect(): void {
    const opened = new WebSocket(`${location.origin.replace('http', 'ws')}/?role=${role}`);
    opened.addEventListener('open', () => {
      socket = opened;
      call.lineUp(true);
    });
    opened.addEventListener('message', ({ data }: MessageEvent<string>) => take(JSON.parse(data) as WireDown));
    opened.addEventListener('close', () => {
      socket = null;
      call.lineUp(false);
    });
  }

  function take(down: WireDown): void {
    if (down.type === 'signal') call.receive(down.signal);
    else if (down.type === 'ended') call.end(down.cause);
    else if (down.type === 'called') call.start();
    else call[down.type]();
  }

  return { call, devices, connect };
}

declare global {
  interface Window {
    side: ReturnType<typeof createSide>;
  }
}

window.side = createSide();
