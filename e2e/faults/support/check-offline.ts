import { isDeepStrictEqual } from 'node:util';
import type { Act, ActType } from '../../../src/bridge/act.ts';

/** What an agent may do without the line (trust R2); a video may be neither attended nor finished so. */
const MAY_WAIT: ReadonlySet<ActType> = new Set<ActType>([
  'status.choose',
  'status.chooseNext',
  'status.setManual',
  'note.add',
  'topics.choose',
  'contact.edit',
  'contact.link',
  'attention.finish',
  'ticket.attendNow',
  'mark.add',
  'call.report',
]);

/** An act done without the line, and what the desk said. */
export interface OfflineAct {
  act: Act;
  /** Whether what it attends or finishes is a video. */
  isVideo: boolean;
  /** Nothing but the line stands against it. */
  isOpen: boolean;
  /** Null: it was accepted. */
  refusal: string | null;
}

/**
 * Holds what a desk did without the line, and what waits in its outbox then, against what may be done so. Gives one line for
 * each act that it should have refused, kept back or taken.
 */
export function checkOffline(done: readonly OfflineAct[], pending: readonly Act[]): string[] {
  const accepted = done.filter(({ refusal }) => refusal === null).map(({ act }) => act);
  return [
    ...done.flatMap(({ act, isVideo, isOpen, refusal }) => {
      const isMeant = act.type === 'attention.finish' || act.type === 'ticket.attendNow';
      const mayWait = MAY_WAIT.has(act.type) && !(isVideo && isMeant);
      if (!mayWait) {
        return [
          ...(refusal === null ? [`accepted: ${act.type}, which needs the line`] : []),
          ...(pending.some((each) => isDeepStrictEqual(each, act))
            ? [`queued: ${act.type}, which needs the line`]
            : []),
        ];
      }
      return isOpen && refusal !== null ? [`refused: ${act.type}, which needs no line (${refusal})`] : [];
    }),
    ...(isDeepStrictEqual(pending, accepted) ? [] : ['outbox: what waits is not what was accepted, in its order']),
  ];
}
