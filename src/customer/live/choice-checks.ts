import type { turnChoices } from '../../protocol/http/turn-api.ts';
import { isFlag, isOneOf, orAbsent, type Check } from './frame-checks.ts';

/** Of what a customer may do with a turn, on each of its pages. */
export const choiceChecks: Record<keyof typeof turnChoices, Check> = {
  canHop: orAbsent(isFlag),
  requeued: orAbsent(isOneOf({ noShow: true, byAgent: true, moved: true })),
  canRenew: orAbsent(isFlag),
};
