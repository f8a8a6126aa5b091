import type { Instant } from '../../protocol/instant.ts';
import { CallSide } from '../../protocol/video/call-report.ts';
import type { CallReport, ScreenKind } from '../../protocol/video/call-report.ts';
import type { CallPhase } from './call.ts';

/** The screen of each side that the other one is shown; null for none. */
export type SharedScreens = Record<CallSide, ScreenKind | null>;

/** Since when the timeline knows of each; null where it knows of none. */
export type ToldScreens = Record<CallSide, Instant | null>;

/** Tells each shared screen once, and its end [CL12]. */
export function nextScreens(
  told: ToldScreens,
  shared: SharedScreens,
  phase: CallPhase['name'],
  at: Instant,
): { told: ToldScreens; reports: CallReport[] } {
  const isUp = phase === 'connected' || phase === 'audioOnly';
  const next = { ...told };
  const reports: CallReport[] = [];
  for (const side of CallSide.options) {
    const since = told[side];
    const kind = shared[side];
    // While the connection is made anew nothing is known of the guest's.
    const isGone = phase === 'ended' || (kind === null && (isUp || side === 'agent'));
    if (since === null && kind !== null && isUp) {
      next[side] = at;
      reports.push({ type: 'call.screenShared', side, kind });
    } else if (since !== null && isGone) {
      next[side] = null;
      reports.push({ type: 'call.screenEnded', side, lastedMs: at - since });
    }
  }
  return { told: next, reports };
}
