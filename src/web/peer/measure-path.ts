import type { PathFinding } from '../../protocol/video/readiness.ts';
import { hasRelay } from './ice-configuration.ts';

/** As long as a call tries its first connection. */
const CONNECT_MS = 10_000;
/** What is sent through the connection at most, and for how long: a guest pays for it. */
const MOST_BYTES = 256 * 1024;
const CHUNK_BYTES = 8 * 1024;
const SEND_MS = 3_000;
const PINGS = 4;
const PING_MS = 3_000;
/** As speech goes: a packet of its size every 20 ms. */
const SPEECH_EVERY_MS = 20;
const SPEECH_BYTES = 50;
const SPEECH_PACKETS = 75;
/** What comes later than this has missed its moment. */
const SPEECH_LATE_MS = 500;

/** Nothing is sent again, and nothing waits for what came later. The same on both ends, so that neither is asked for it. */
const SPEECH: RTCDataChannelInit = { ordered: false, maxRetransmits: 0, negotiated: true, id: 100 };

const blocked: PathFinding = { way: 'blocked', roundTripMilliseconds: null, kilobits: null };

/**
 * Tries the way that the media of a call will take: a connection of this page with itself, through the relay alone where one is
 * configured, so that what comes up here comes up in the call. Never throws. `signal` ends it; null then.
 */
export async function measurePath(configuration: RTCConfiguration, signal: AbortSignal): Promise<PathFinding | null> {
  const ends: RTCPeerConnection[] = [];
  const ended = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
  if (signal.aborted) return null;
  try {
    const ways: RTCConfiguration = { ...configuration, iceTransportPolicy: hasRelay(configuration) ? 'relay' : 'all' };
    const [here, there] = [new RTCPeerConnection(ways), new RTCPeerConnection(ways)];
    ends.push(here, there);
    return await Promise.race([measure(here, there), ended]);
  } catch {
    // The browser cannot, or does not take what the server says of the relay: neither will it in the call.
    return blocked;
  } finally {
    for (const end of ends) end.close();
  }
}

async function measure(here: RTCPeerConnection, there: RTCPeerConnection): Promise<PathFinding> {
  const channel = here.createDataChannel('test');
  const speech = [here, there].map((end) => end.createDataChannel('speech', SPEECH)) as [
    RTCDataChannel,
    RTCDataChannel,
  ];
  const isSpoken = Promise.all(speech.map((each) => happens(each, 'open')));
  const opened = Promise.all([happens(channel, 'open'), otherEnd(there), isSpoken]);
  introduce(here, there);
  introduce(there, here);
  await here.setLocalDescription();
  await there.setRemoteDescription(described(here));
  await there.setLocalDescription();
  await here.setRemoteDescription(described(there));
  const open = await Promise.race([opened, after(CONNECT_MS)]);
  if (open === null) return blocked;
  const [roundTripMilliseconds, loss] = await Promise.all([roundTrip(channel, open[1]), lossOf(...speech)]);
  const kilobits = await rate(channel, open[1]);
  return { way: await selectedWay(here), roundTripMilliseconds, kilobits, loss };
}

function introduce(one: RTCPeerConnection, other: RTCPeerConnection): void {
  one.addEventListener('icecandidate', ({ candidate }) => {
    // One that the other does not take is a way less.
    if (candidate !== null) other.addIceCandidate(candidate).catch(() => undefined);
  });
}

const described = ({ localDescription }: RTCPeerConnection): RTCSessionDescriptionInit => {
  if (localDescription === null) throw new Error('Not described');
  return localDescription;
};

const happens = (target: EventTarget, type: string): Promise<void> =>
  new Promise((resolve) => target.addEventListener(type, () => resolve(), { once: true }));

const otherEnd = (connection: RTCPeerConnection): Promise<RTCDataChannel> =>
  new Promise((resolve) =>
    connection.addEventListener('datachannel', ({ channel }) => resolve(channel), { once: true }),
  );

const after = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));

/** Milliseconds there and back, the least of a few: one may have met a browser that was busy. Null where none came back in time. */
async function roundTrip(from: RTCDataChannel, to: RTCDataChannel): Promise<number | null> {
  to.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') to.send(data);
  });
  const times: number[] = [];
  for (let ping = 0; ping < PINGS; ping += 1) {
    const sentAt = performance.now();
    const answered = happens(from, 'message').then(() => performance.now() - sentAt);
    from.send('ping');
    const took = await Promise.race([answered, after(PING_MS)]);
    if (took === null) break;
    times.push(took);
  }
  return times.length === 0 ? null : Math.round(Math.min(...times));
}

/** The share of packets at the pace of speech that do not come, or too late. */
async function lossOf(from: RTCDataChannel, to: RTCDataChannel): Promise<number> {
  let come = 0;
  to.addEventListener('message', () => (come += 1));
  const startedAt = performance.now();
  for (let sent = 0; sent < SPEECH_PACKETS; await after(SPEECH_EVERY_MS)) {
    // A page in the background sends several at once: its timers come seldom.
    const due = Math.min(SPEECH_PACKETS, 1 + (performance.now() - startedAt) / SPEECH_EVERY_MS);
    for (; sent < due; sent += 1) from.send(new ArrayBuffer(SPEECH_BYTES));
  }
  await after(SPEECH_LATE_MS);
  return 1 - Math.min(come, SPEECH_PACKETS) / SPEECH_PACKETS;
}

/** Kilobits a second that come through. Of the later half of the time alone: before, the browser feels its way. */
async function rate(from: RTCDataChannel, to: RTCDataChannel): Promise<number> {
  const arrivals: { at: number; bytes: number }[] = [{ at: performance.now(), bytes: 0 }];
  to.binaryType = 'arraybuffer';
  const all = new Promise<void>((resolve) => {
    to.addEventListener('message', ({ data }) => {
      const bytes = (arrivals.at(-1)?.bytes ?? 0) + (data instanceof ArrayBuffer ? data.byteLength : 0);
      arrivals.push({ at: performance.now(), bytes });
      if (bytes >= MOST_BYTES) resolve();
    });
  });
  const chunk = new ArrayBuffer(CHUNK_BYTES);
  for (let sent = 0; sent < MOST_BYTES; sent += CHUNK_BYTES) from.send(chunk);
  await Promise.race([all, after(SEND_MS)]);
  return rateOf(arrivals, performance.now());
}

/** Of bytes that have come by each instant, the first of which is when they were sent. */
export function rateOf(arrivals: readonly { at: number; bytes: number }[], now: number): number {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  if (!first || !last || last.bytes === 0) return 0;
  // What was still under way when the time was over counts as time.
  const end = last.bytes >= MOST_BYTES ? last.at : now;
  const half = arrivals.findLast(({ at }) => at <= (first.at + end) / 2) ?? first;
  const [since, before] = half.bytes < last.bytes ? [half.at, half.bytes] : [first.at, 0];
  // bits per millisecond are kilobits per second.
  return Math.round(((last.bytes - before) * 8) / Math.max(1, end - since));
}

async function selectedWay(connection: RTCPeerConnection): Promise<'relay' | 'direct'> {
  const report = await connection.getStats();
  const stats = new Map<string, Record<string, unknown>>();
  report.forEach((stat: Record<string, unknown>) => stats.set(String(stat['id']), stat));
  const all = [...stats.values()];
  const transport = all.find(({ type }) => type === 'transport');
  const pair =
    stats.get(String(transport?.['selectedCandidatePairId'])) ??
    // Firefox has no transport in its reports.
    all.find(({ type, selected }) => type === 'candidate-pair' && selected === true);
  return stats.get(String(pair?.['localCandidateId']))?.['candidateType'] === 'relay' ? 'relay' : 'direct';
}
