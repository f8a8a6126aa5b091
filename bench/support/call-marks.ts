import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Milliseconds since 1970, on the clock of the machine; the first of a name counts. */
    callMarks?: Record<string, number>;
  }
}

/**
 * Runs in a page before its own script, and notes when a call comes by: what the server or the desk told, when the devices were asked
 * and gave, and the steps of a connection. It is given to the page as text, so that it names nothing from outside.
 */
export function markCall(): void {
  window.callMarks = {};
  const mark = (name: string): void => {
    const marks = window.callMarks;
    if (marks) marks[name] ??= performance.timeOrigin + performance.now();
  };
  const { mediaDevices } = navigator;
  const capture = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    mark('devices asked');
    const stream = await capture(wanted);
    mark('devices there');
    return stream;
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      mark('connection made');
      this.addEventListener('iceconnectionstatechange', () => {
        if (this.iceConnectionState === 'connected') mark('ICE');
      });
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') mark('DTLS');
      });
      this.addEventListener('signalingstatechange', () => mark(`description: ${this.signalingState}`));
    }
  };
  let call: unknown = null;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        const text = String(data);
        if (text.includes('"phase":"calling"') || text.includes('"name":"notice.raised"')) mark('told of the call');
        if (text.includes('"isGuestHere":true')) mark('told that the guest is there');
        if (text.startsWith('{"t":"answer"') && (JSON.parse(text) as { id: unknown }).id === call)
          mark('call answered');
      });
    }

    override send(data: string): void {
      if (data.includes('"ticket.call"')) call = (JSON.parse(data) as { id: unknown }).id;
      super.send(data);
    }
  };
}

/** From now on. */
export const beginMarks = (page: Page): Promise<void> => page.evaluate(() => void (window.callMarks = {}));

export const readMarks = (page: Page): Promise<Record<string, number>> => page.evaluate(() => window.callMarks ?? {});
