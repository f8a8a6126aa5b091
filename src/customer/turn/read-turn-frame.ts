import type { TurnState } from '../../protocol/http/public-api.ts';
import type { LiveFrame } from '../live/live-view.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

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
  code: (value) => typeof value === 'string' && /^[A-Z]-\d{3,5}$/.test(value),
  number: (value) => isCount(value) && value > 0,
  serviceName: isText,
  state: (value) => typeof value === 'string' && Object.hasOwn(STATES, value),
  ahead: orNull(isCount),
  range: orNull((value) => isRecord(value) && isCount(value['low']) && isCount(value['high'])),
  moduleName: orNull(isText),
  callCount: isCount,
  createdAt: isCount,
};

const isTurnState = (value: unknown): value is TurnState =>
  isRecord(value) && Object.entries(CHECKS).every(([field, check]) => check(value[field]));

/**
 * The frames of `PublicDown` that a turn page gets. Read by hand: the schemas would be a third of what a cheap phone has to
 * load. The test holds this to the schema.
 */
export function readTurnFrame(json: unknown): LiveFrame<TurnState> | null {
  if (!isRecord(json)) return null;
  const { type, state, serverTime, error } = json;
  if (type === 'turn' && isTurnState(state)) return { type: 'state', state, serverTime: state.serverTime };
  if (type === 'pong' && isCount(serverTime)) return { type: 'pong', serverTime };
  if (type === 'error' && isRecord(error) && typeof error['code'] === 'string') {
    return { type: 'error', code: error['code'], retryable: error['retryable'] === true };
  }
  return null;
}
