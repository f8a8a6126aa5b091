import { fingerprintsOf, haveSameFingerprints } from '../../domain/call/fingerprints.ts';
import { MAXIMUM_SDP } from '../../protocol/video/signal.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import { kindOfAddress } from './candidate-address.ts';

/** Trust T4: which ways between the two may be tried. */
export type CandidatePolicy = {
  /** Private addresses and mDNS names: no TURN is configured, or the branch allows its LAN. */
  allowsLocal: boolean;
  /** This machine itself: the server listens on loopback. */
  allowsLoopback: boolean;
  relayOnly: boolean;
  /** The relay's own addresses, which may be private. */
  relayAddresses: string[];
};

/** What one side has said in its session so far; kept by who relays, one per side, `newSignalTally()` at first. */
export type SignalTally = {
  session: number;
  /** Of this ICE generation: a restart brings other addresses. */
  candidates: string[];
  generation: string | null;
  fingerprints: string[] | null;
};

export type CheckedSignal =
  /** Pass it on: `signal` is without the candidates that may not be, `dropped` of them. */
  | { outcome: 'kept'; signal: Signal; dropped: number; tally: SignalTally }
  /** A candidate that may not be passed on, or what is of an older session, of which none counts; nothing else is wrong. */
  | { outcome: 'dropped'; dropped: 0 | 1; tally: SignalTally }
  | { outcome: 'refused'; code: 'SIGNAL_INVALID' | 'FINGERPRINT_CHANGED' };

/** Per side and session, those within descriptions included. */
const maximumCandidates = 60;
/** Ours have three for media; a bare simple-peer adds one for data. */
const maximumMediaSections = 16;
/** What browsers can decode: a description of nothing else would be a call without picture and sound. */
const knownCodec = /^a=rtpmap:\d+ (opus|g722|pcmu|pcma|vp8|vp9|av1|h264|h265)\//im;

export function newSignalTally(): SignalTally {
  return { session: 0, candidates: [], generation: null, fingerprints: null };
}

/** Trust T4, B68, B70, B74: what of a peer's signal the other one may get. Pure: the same input gives the same answer. */
export function checkSignal({ session, data }: Signal, policy: CandidatePolicy, before: SignalTally): CheckedSignal {
  // An old session is over for both; only a guest who knows of none asks under the first number again.
  if (session < before.session && data.type !== 'ask') return { outcome: 'dropped', dropped: 0, tally: before };
  const tally = session > before.session ? { ...newSignalTally(), session } : before;
  if (data.type === 'candidate') {
    if (data.candidate === '') return { outcome: 'kept', signal: { session, data }, dropped: 0, tally };
    const checked = checkCandidate(data.candidate, policy);
    if (checked === null) return { outcome: 'refused', code: 'SIGNAL_INVALID' };
    const counted = count(tally, [checked.key]);
    if (counted === null) return { outcome: 'refused', code: 'SIGNAL_INVALID' };
    if (checked.candidate === null) return { outcome: 'dropped', dropped: 1, tally: counted };
    const kept: Signal = { session, data: { ...data, candidate: checked.candidate } };
    return { outcome: 'kept', signal: kept, dropped: 0, tally: counted };
  }
  if (data.type !== 'offer' && data.type !== 'answer') {
    return { outcome: 'kept', signal: { session, data }, dropped: 0, tally };
  }
  const checked = checkDescription(data.sdp, policy);
  const counted = checked === null ? null : count(inGeneration(tally, generationOf(data.sdp)), checked.keys);
  if (checked === null || counted === null) return { outcome: 'refused', code: 'SIGNAL_INVALID' };
  if (counted.fingerprints !== null && !haveSameFingerprints(counted.fingerprints, checked.fingerprints)) {
    return { outcome: 'refused', code: 'FINGERPRINT_CHANGED' };
  }
  return {
    outcome: 'kept',
    signal: { session, data: { ...data, sdp: checked.sdp } },
    dropped: checked.dropped,
    tally: { ...counted, fingerprints: checked.fingerprints },
  };
}

/** Of a description; RFC 8839. */
const generationOf = (sdp: string): string | null => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;

const inGeneration = (tally: SignalTally, generation: string | null): SignalTally =>
  generation === tally.generation ? tally : { ...tally, generation, candidates: [] };

/** The same candidate again, in a later description, counts once. */
function count(tally: SignalTally, keys: string[]): SignalTally | null {
  const candidates = [...new Set([...tally.candidates, ...keys])];
  return candidates.length > maximumCandidates ? null : { ...tally, candidates };
}

type CheckedDescription = { sdp: string; fingerprints: string[]; keys: string[]; dropped: number };

/** As a whole: of its hundreds of lines only those are taken out that tell of addresses. */
function checkDescription(sdp: string, policy: CandidatePolicy): CheckedDescription | null {
  // A lone carriage return would stand within a line for us, and end one for another reader.
  if (sdp.length > MAXIMUM_SDP || !/^v=0\r?\n/.test(sdp) || /[^\t\r\n\u0020-\u007e]|\r(?!\n)/.test(sdp)) return null;
  if (/\n(?![a-z]=|$)/.test(sdp)) return null;
  const sections = sdp.match(/^m=/gm)?.length ?? 0;
  const fingerprints = fingerprintsOf(sdp);
  if (sections === 0 || sections > maximumMediaSections || fingerprints.length === 0) return null;
  if (/^m=(audio|video) /m.test(sdp) && !knownCodec.test(sdp)) return null;
  const keys: string[] = [];
  let isInvalid = false;
  let dropped = 0;
  const kept = sdp.replace(/^(?:[co]=|a=(?:candidate|remote-candidates|rtcp):).*\r?\n?/gim, (whole) => {
    const line = whole.trimEnd();
    if (/^a=candidate:/i.test(line)) {
      const checked = checkCandidate(line.slice('a='.length), policy);
      isInvalid ||= checked === null;
      if (checked !== null) keys.push(checked.key);
      if (checked?.candidate) return `a=${checked.candidate}\r\n`;
      dropped += 1;
      return '';
    }
    return /^a=remote-candidates:/i.test(line) ? '' : `${withoutAddress(line)}\r\n`;
  });
  if (isInvalid || keys.length > maximumCandidates) return null;
  return { sdp: withReturns(kept), fingerprints, keys, dropped };
}

/** Every line with its own end, as RFC 8866 has it. */
function withReturns(sdp: string): string {
  const isWhole = sdp.endsWith('\r\n') && !/[^\r]\n/.test(sdp);
  return isWhole ? sdp : `${sdp.replace(/\r?\n/g, '\r\n').replace(/(?:\r\n)?$/, '')}\r\n`;
}

/** Browsers connect by candidates alone; the other places in which an address stands only tell it. */
function withoutAddress(line: string): string {
  if (line.startsWith('c=')) return 'c=IN IP4 0.0.0.0';
  if (line.startsWith('o=')) return line.replace(/IN IP[46] \S+$/, 'IN IP4 127.0.0.1');
  return line.replace(/^(a=rtcp:\d+) IN IP[46] \S+$/i, '$1 IN IP4 0.0.0.0');
}

/** RFC 8839: foundation, component, transport, priority, address, port, `typ`, type, then pairs of name and value. */
const candidatePattern =
  /^candidate:([\w+/]{1,32}) (\d{1,3}) (udp|tcp) (\d{1,10}) (\S{1,255}) (\d{1,5}) typ (host|srflx|prflx|relay)((?: \S+ \S+)*)$/i;

/** Null if it is none; `candidate` null if it may not be passed on. */
function checkCandidate(text: string, policy: CandidatePolicy): { key: string; candidate: string | null } | null {
  const match = candidatePattern.exec(text.trim());
  if (match === null) return null;
  const [, foundation, component, transport = '', priority, address = '', port, type = '', rest = ''] = match;
  if (Number(port) > 65_535) return null;
  const key = [transport, address, port, type].join(' ').toLowerCase();
  if (!isAllowed(address, type.toLowerCase(), policy)) return { key, candidate: null };
  const others = [...rest.matchAll(/ (\S+) (\S+)/g)]
    .map(([, name = '', value = '']) => extension(name, value))
    .join('');
  const candidate = `candidate:${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}${others}`;
  return { key, candidate };
}

/** Names that a browser sends; a related address is the one behind a relay or a NAT, to which nobody connects. */
function extension(name: string, value: string): string {
  if (/^raddr$/i.test(name)) return ' raddr 0.0.0.0';
  if (/^rport$/i.test(name)) return ' rport 0';
  const isKnown = /^(tcptype|generation|ufrag|network-id|network-cost)$/i.test(name) && /^[\w+/]+$/.test(value);
  return isKnown ? ` ${name} ${value}` : '';
}

function isAllowed(address: string, type: string, policy: CandidatePolicy): boolean {
  if (policy.relayOnly && type !== 'relay') return false;
  if (type === 'relay' && policy.relayAddresses.includes(address)) return true;
  switch (kindOfAddress(address)) {
    case 'public':
      return true;
    case 'local':
      return policy.allowsLocal;
    case 'loopback':
      return policy.allowsLoopback;
    case 'forbidden':
    case null:
      return false;
  }
}
