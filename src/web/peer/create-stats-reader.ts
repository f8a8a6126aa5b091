import type { LineReading } from '../../domain/call/quality.ts';
import type { MediaSource } from '../../protocol/video/signal.ts';

/** What comes in of one source: counts since the connection began, sizes now; null where it does not apply. */
export type ReceivedSource = {
  packetsReceived: number;
  framesDecoded: number | null;
  framesPerSecond: number | null;
  width: number | null;
  height: number | null;
};

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/** A reading of one connection. Bitrates are bits per second since the reading before; null for the first. */
export type LinkStats = LineReading & {
  bitrateReceived: number | null;
  bitrateSent: number | null;
  localCandidate: CandidateKind | null;
  remoteCandidate: CandidateKind | null;
  /** `tcp` also where only the way to the relay is. */
  transport: 'udp' | 'tcp' | 'tls' | null;
  received: Partial<Record<MediaSource, ReceivedSource>>;
};

type Stat = { id: string; type: string; [name: string]: unknown };
type Totals = { at: number; bytesReceived: number; bytesSent: number; packetsReceived: number; packetsLost: number };

/** Reads one connection over and over. `sourceOf` names the source of a track that comes in, by the track's id. */
export function createStatsReader(
  sourceOf: (trackId: string) => MediaSource | null,
): (report: RTCStatsReport) => LinkStats {
  let before: Totals | null = null;
  return (report) => {
    const stats = new Map<string, Stat>();
    report.forEach((stat: Stat) => stats.set(stat.id, stat));
    const inbound = ofType(stats, 'inbound-rtp');
    const pair = selectedPair(stats);
    const totals: Totals = {
      at: numberIn(pair, 'timestamp') ?? 0,
      bytesReceived: numberIn(pair, 'bytesReceived') ?? 0,
      bytesSent: numberIn(pair, 'bytesSent') ?? 0,
      packetsReceived: sum(inbound, 'packetsReceived'),
      packetsLost: sum(inbound, 'packetsLost'),
    };
    const last = before;
    before = totals;
    const seconds = last === null ? 0 : (totals.at - last.at) / 1000;
    const local = stats.get(textIn(pair, 'localCandidateId') ?? '');
    const remote = stats.get(textIn(pair, 'remoteCandidateId') ?? '');
    const roundTrip = numberIn(pair, 'currentRoundTripTime');
    return {
      roundTripMilliseconds: roundTrip === null ? null : Math.round(roundTrip * 1000),
      lossReceived: last === null ? null : lossBetween(last, totals),
      lossSent: greatest(ofType(stats, 'remote-inbound-rtp').map((stat) => numberIn(stat, 'fractionLost'))),
      bitrateReceived: last === null ? null : bitrate(totals.bytesReceived - last.bytesReceived, seconds),
      bitrateSent: last === null ? null : bitrate(totals.bytesSent - last.bytesSent, seconds),
      localCandidate: candidateKind(local),
      remoteCandidate: candidateKind(remote),
      transport: (textIn(local, 'relayProtocol') ?? textIn(local, 'protocol')) as LinkStats['transport'],
      received: receivedBySource(inbound, sourceOf),
    };
  };
}

/** All packets of media that came in, of every source. */
export function packetsIn({ received }: LinkStats): number {
  return Object.values(received).reduce((total, { packetsReceived }) => total + packetsReceived, 0);
}

function receivedBySource(inbound: Stat[], sourceOf: (trackId: string) => MediaSource | null): LinkStats['received'] {
  const received: LinkStats['received'] = {};
  for (const stat of inbound) {
    const source = sourceOf(textIn(stat, 'trackIdentifier') ?? '');
    if (source === null) continue;
    received[source] = {
      packetsReceived: numberIn(stat, 'packetsReceived') ?? 0,
      framesDecoded: numberIn(stat, 'framesDecoded'),
      framesPerSecond: numberIn(stat, 'framesPerSecond'),
      width: numberIn(stat, 'frameWidth'),
      height: numberIn(stat, 'frameHeight'),
    };
  }
  return received;
}

function selectedPair(stats: Map<string, Stat>): Stat | undefined {
  for (const transport of ofType(stats, 'transport')) {
    const pair = stats.get(textIn(transport, 'selectedCandidatePairId') ?? '');
    if (pair !== undefined) return pair;
  }
  // Firefox has no transport in its reports.
  return ofType(stats, 'candidate-pair').find((pair) => pair['selected'] === true);
}

function lossBetween(last: Totals, now: Totals): number {
  const lost = Math.max(0, now.packetsLost - last.packetsLost);
  const received = Math.max(0, now.packetsReceived - last.packetsReceived);
  return lost + received === 0 ? 0 : lost / (lost + received);
}

function bitrate(bytes: number, seconds: number): number | null {
  return seconds > 0 ? Math.round((bytes * 8) / seconds) : null;
}

function candidateKind(candidate: Stat | undefined): CandidateKind | null {
  return textIn(candidate, 'candidateType') as CandidateKind | null;
}

function ofType(stats: Map<string, Stat>, type: string): Stat[] {
  return [...stats.values()].filter((stat) => stat.type === type);
}

function sum(stats: Stat[], name: string): number {
  return stats.reduce((total, stat) => total + (numberIn(stat, name) ?? 0), 0);
}

function greatest(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function numberIn(stat: Stat | undefined, name: string): number | null {
  const value = stat?.[name];
  return typeof value === 'number' ? value : null;
}

function textIn(stat: Stat | undefined, name: string): string | null {
  const value = stat?.[name];
  return typeof value === 'string' ? value : null;
}
