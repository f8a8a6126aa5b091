import { ReadinessVerdict, type PathFinding } from '../../protocol/video/readiness.ts';
import { carriesPicture, judgeReadiness } from './judge-readiness.ts';

/** Since the finding before. A test takes some seconds of the phone and 256 KB of what its owner pays for. */
const REPEATED_AFTER_MS = [10_000, 60_000];

/** In how many milliseconds a waiting guest's line is tried again by itself; null for not at all [RD5]. */
export const nextTestIn = (path: PathFinding, repeats: number): number | null =>
  carriesPicture(path) ? null : (REPEATED_AFTER_MS[repeats] ?? null);

/** Of two findings on one line, that which counts [RD5]. */
export const betterFinding = (before: PathFinding, after: PathFinding): PathFinding =>
  rankOf(after) <= rankOf(before) ? after : before;

/** The lower, the more such a line carries. */
function rankOf(path: PathFinding): number {
  const { verdict } = judgeReadiness({ camera: 'ready', microphone: 'ready', path });
  const all = ReadinessVerdict.options;
  return path.way === 'blocked' ? all.length : all.indexOf(verdict);
}
