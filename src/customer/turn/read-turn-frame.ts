import type { TurnState } from '../../protocol/http/public-api.ts';
import {
  isCount,
  isFlag,
  isOneOf,
  isRange,
  isRecord,
  isText,
  isTurnCode,
  orNull,
  readCommonFrame,
  type Check,
} from '../live/frame-checks.ts';
import { choiceChecks } from '../live/choice-checks.ts';
import type { LiveFrame } from '../live/live-view.ts';

const STATES: Record<TurnState['state'], true> = {
  waiting: true,
  calling: true,
  attending: true,
  finished: true,
  cancelled: true,
  noShow: true,
};

const CHECKS: Record<keyof TurnState, Check> = {
  branchName: isText,
  companyName: isText,
  isDemo: isFlag,
  locale: isText,
  timeZone: isText,
  serverTime: isCount,
  code: isTurnCode,
  number: (value) => isCount(value) && value > 0,
  serviceName: isText,
  isVideo: (value) => value === undefined || isFlag(value),
  state: isOneOf(STATES),
  ahead: orNull(isCount),
  range: orNull(isRange),
  moduleName: orNull(isText),
  callCount: isCount,
  createdAt: isCount,
  ...choiceChecks,
};

const isTurnState = (value: unknown): value is TurnState =>
  isRecord(value) && Object.entries(CHECKS).every(([field, check]) => check(value[field]));

/** The frames of `PublicDown` that a turn page gets. The test holds this to the schema. */
export function readTurnFrame(json: unknown): LiveFrame<TurnState> | null {
  if (!isRecord(json)) return null;
  const { type, state } = json;
  if (type === 'turn' && isTurnState(state)) return { type: 'state', state, serverTime: state.serverTime };
  return readCommonFrame(json);
}
