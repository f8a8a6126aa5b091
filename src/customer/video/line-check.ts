import { judgeReadiness } from '../../domain/readiness/judge-readiness.ts';
import type { MediaCheck } from './media-check.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

/** What was found of the guest's line, apart from their devices: with good ones, in which mode would the call begin? */
export function lineCheck({ readiness: { path, isTesting } }: VisitState, { line }: VideoWords): MediaCheck {
  if (path === null || isTesting) return { status: 'asking', sentences: [line.testing], isRetryable: false };
  const { verdict, cause } = judgeReadiness({ camera: 'ready', microphone: 'ready', path });
  if (cause === 'noPath') return { status: 'notReady', sentences: [line.noPath], isRetryable: true };
  if (verdict === 'notReady') return { status: 'notReady', sentences: [line.tooSlow], isRetryable: true };
  if (verdict === 'audioOnly') return { status: 'audioOnly', sentences: [line.slow], isRetryable: true };
  return { status: 'ready', sentences: [line.good], isRetryable: false };
}
