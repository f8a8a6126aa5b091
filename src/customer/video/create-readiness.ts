import { judgeReadiness } from '../../domain/readiness/judge-readiness.ts';
import { betterFinding, nextTestIn } from '../../domain/readiness/repeat-line-test.ts';
import type { Ice } from '../../protocol/video/ice.ts';
import type { DeviceFinding, PathFinding, Readiness, ReadinessReport } from '../../protocol/video/readiness.ts';
import type { DevicesView } from '../../web/peer/devices-view.ts';
import { iceConfiguration } from '../../web/peer/ice-configuration.ts';
import type { MediaCause } from '../../web/peer/media-cause.ts';

export interface ReadinessView {
  /** The line is being tried, and what was found before says nothing. */
  isTesting: boolean;
  /** What counts of what was found of the line; null before the first test. */
  path: PathFinding | null;
  /** What the agents see of it; null as long as nothing is known. */
  judged: Omit<Readiness, 'since'> | null;
}

export const noReadiness: ReadinessView = { isTesting: false, path: null, judged: null };

/** What a test depends on. */
export interface Situation {
  isWaiting: boolean;
  devices: DevicesView;
  isAsking: boolean;
  isMicrophoneMuted: boolean;
  ice: Ice | null;
}

interface Parts {
  measure: (configuration: RTCConfiguration, signal: AbortSignal) => Promise<PathFinding | null>;
  /** To the server, for those who attend. */
  say: (report: ReadinessReport) => void;
  show: (view: ReadinessView) => void;
}

const findings: Record<MediaCause, ReadinessReport['camera']> = {
  inUse: 'inUse',
  none: 'missing',
  unplugged: 'missing',
  blocked: 'blocked',
  blockedBySystem: 'blocked',
  dismissed: 'blocked',
  insecure: 'blocked',
  needsClick: 'blocked',
  tooWeak: 'failed',
  aborted: 'failed',
  unknown: 'failed',
};

/**
 * The test while a guest waits: what the devices give, and the way that the media will take. It begins by itself, once the
 * question for the devices is answered; a call that comes ends it. A line that does not carry a picture is tried again unseen
 * (SPEC RD5). Each report goes to the server once.
 */
export function createReadiness({ measure, say, show }: Parts) {
  let situation: Situation | null = null;
  let path: PathFinding | null = null;
  let running: { ends: AbortController; isRepeat: boolean } | null = null;
  let next: ReturnType<typeof setTimeout> | undefined;
  /** The addresses that were tried last: fresh credentials for the same ones change nothing. */
  let tried: string | null = null;
  let report: ReadinessReport | null = null;
  let shown = noReadiness;

  const tell = (): void => {
    const next = situation && !situation.isAsking && path ? reportOf(situation, path) : null;
    if (next !== null && JSON.stringify(next) !== JSON.stringify(report)) say(next);
    report = next ?? report;
    const view = { isTesting: running !== null && !running.isRepeat, path, judged: report && judgeReadiness(report) };
    if (JSON.stringify(view) === JSON.stringify(shown)) return;
    shown = view;
    show(view);
  };

  const end = (): void => {
    clearTimeout(next);
    running?.ends.abort();
    running = null;
  };

  /** `repeats`: how often this line was tried again by itself. */
  const begin = (ice: Ice, repeats = 0): void => {
    end();
    const run = { ends: new AbortController(), isRepeat: repeats > 0 };
    running = run;
    tried = waysOf(ice);
    void measure(iceConfiguration(ice), run.ends.signal).then((found) => {
      if (running !== run) return;
      running = null;
      if (found !== null) path = run.isRepeat && path !== null ? betterFinding(path, found) : found;
      const wait = path && nextTestIn(path, repeats);
      // The credentials may be fresh ones by then.
      if (wait !== null) next = setTimeout(() => situation?.ice && begin(situation.ice, repeats + 1), wait);
      tell();
    });
    tell();
  };

  return {
    follow: (next: Situation): void => {
      situation = next;
      const { isWaiting, isAsking, ice } = next;
      if (!isWaiting) {
        end();
        // Whoever comes back to the line may have come by another network.
        tried = null;
      } else if (ice !== null && !isAsking && tried !== waysOf(ice)) return begin(ice);
      tell();
    },
    /** The network may be another one, or the guest asks for it. */
    again: (): void => {
      if (situation?.isWaiting && !situation.isAsking && situation.ice) begin(situation.ice);
    },
    /** The server may have missed the last word. */
    repeat: (): void => {
      if (report !== null) say(report);
    },
    close: end,
  };
}

const waysOf = ({ policy, servers }: Ice): string => JSON.stringify([policy, servers.map(({ urls }) => urls)]);

function reportOf({ devices: { tracks, causes }, isMicrophoneMuted }: Situation, path: PathFinding): ReadinessReport {
  const found = (source: 'camera' | 'microphone'): ReadinessReport['camera'] =>
    tracks[source] === null ? findings[causes[source] ?? 'unknown'] : 'ready';
  const microphone: DeviceFinding = found('microphone');
  return {
    camera: found('camera'),
    microphone: microphone === 'ready' && isMicrophoneMuted ? 'muted' : microphone,
    path,
  };
}
