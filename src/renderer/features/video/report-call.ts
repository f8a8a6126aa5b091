import { newReportedCall, nextReport, type CallCondition } from '../../../domain/call/next-report.ts';
import type { CallReport } from '../../../protocol/video/call-report.ts';
import type { CallView } from '../../../web/peer/call-view.ts';
import type { PeerCall } from '../../../web/peer/peer-call.ts';

/** Tells what belongs on the timeline of a call's connection, as its readings come; returns what ends it. */
export function reportCall(
  call: PeerCall,
  tell: (report: CallReport) => void,
  now: () => number = () => Math.round(performance.timeOrigin + performance.now()),
): () => void {
  let reported = newReportedCall(now());
  return call.subscribe(() => {
    const view = call.get();
    const condition = conditionOf(view);
    if (condition === null) return;
    const next = nextReport(reported, condition, view.stats, now());
    reported = next.reported;
    if (next.report) tell(next.report);
  });
}

/** Null while nothing can be said of it: it is not made yet, has not been measured, or is over. */
function conditionOf({ phase, quality }: CallView): CallCondition | null {
  if (phase.name === 'reconnecting') return 'interrupted';
  return phase.name === 'connected' || phase.name === 'audioOnly' ? quality : null;
}
