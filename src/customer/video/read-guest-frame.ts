import type { GuestFile } from '../../protocol/files/shared-file.ts';
import type { AttentionId } from '../../protocol/ids.ts';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import type { Ice } from '../../protocol/video/ice.ts';
import type { Signal } from '../../protocol/video/signal.ts';
import {
  isCount,
  isFlag,
  isOneOf,
  isRange,
  isRecord,
  isText,
  isTurnCode,
  orAbsent,
  orNull,
  readCommonFrame,
  type Check,
} from '../live/frame-checks.ts';
import { choiceChecks } from '../live/choice-checks.ts';
import type { LiveFrame } from '../live/live-view.ts';
import { isConsent, isReceipt } from './consent-checks.ts';
import { readChatWord, type ChatWord } from './read-messages.ts';

/** What is said between the two sides of a call, and the chat beside it. */
export type RoomWord =
  | { type: 'room'; isOtherHere: boolean; attentionId?: AttentionId }
  | { type: 'ice'; ice: Ice }
  | { type: 'signal'; signal: Signal; attentionId?: AttentionId }
  | ({ type: 'messages' } & ChatWord);

const PHASES: Record<GuestState['phase'], true> = {
  waiting: true,
  calling: true,
  attending: true,
  finished: true,
  cancelled: true,
  noShow: true,
};

const isReceipts: Check = (value) => Array.isArray(value) && value.every(isReceipt);
const FILE_CHECKS: Record<keyof GuestFile, Check> = {
  id: isText,
  from: isOneOf({ agent: true, guest: true }),
  name: isText,
  kind: isText,
  bytes: isCount,
  width: orNull(isCount),
  height: orNull(isCount),
  hasPreview: isFlag,
  wasCleaned: isFlag,
  sharedAt: isCount,
};
const isGuestFile: Check = (value) =>
  isRecord(value) && Object.entries(FILE_CHECKS).every(([field, check]) => check(value[field]));

const CHECKS: Record<keyof GuestState, Check> = {
  companyName: isText,
  branchName: isText,
  isDemo: isFlag,
  locale: isText,
  timeZone: isText,
  serverTime: isCount,
  code: isTurnCode,
  serviceName: isText,
  phase: isOneOf(PHASES),
  ahead: orNull(isCount),
  range: orNull(isRange),
  agentName: orNull(isText),
  attentionId: orNull(isText),
  consent: orAbsent(isConsent),
  receipts: orAbsent(isReceipts),
  files: (value) => value === undefined || (Array.isArray(value) && value.every(isGuestFile)),
  next: (value) => value === undefined || (isRecord(value) && isText(value['offerId']) && isText(value['attentionId'])),
  wasCutOff: orAbsent(isFlag),
  ...choiceChecks,
  isBlocked: orAbsent(isFlag),
};

const isGuestState = (value: unknown): value is GuestState =>
  isRecord(value) && Object.entries(CHECKS).every(([field, check]) => check(value[field]));

/** The server has checked every signal against the schema before it hands it on. */
const isSignal = (value: unknown): value is Signal =>
  isRecord(value) && isCount(value['session']) && isRecord(value['data']) && isText(value['data']['type']);

const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isIce = (value: unknown): value is Ice =>
  isRecord(value) &&
  (value['policy'] === 'all' || value['policy'] === 'relay') &&
  Array.isArray(value['servers']) &&
  value['servers'].every((server) => isRecord(server) && isTexts(server['urls'])) &&
  orNull(isCount)(value['expiresAt']);

/** The frames of `PublicDown` that a guest's page gets. The test holds this to the schema. */
export function readGuestFrame(json: unknown): LiveFrame<GuestState, RoomWord> | null {
  if (!isRecord(json)) return null;
  const { type, state, isOtherHere, ice, signal, attentionId, error } = json;
  const ofAgent = typeof attentionId === 'string' && { attentionId: attentionId as AttentionId };
  if (type === 'video' && isGuestState(state)) return { type: 'state', state, serverTime: state.serverTime };
  const chat = type === 'messages' ? readChatWord(json) : null;
  if (chat) return { type: 'word', word: { type: 'messages', ...chat } };
  if (type === 'room' && typeof isOtherHere === 'boolean')
    return { type: 'word', word: { type, isOtherHere, ...ofAgent } };
  if (type === 'ice' && isIce(ice)) return { type: 'word', word: { type, ice } };
  if (type === 'signal' && isSignal(signal)) return { type: 'word', word: { type, signal, ...ofAgent } };
  // One signal was refused: the line and the call go on.
  if (isRecord(error) && error['code'] === 'SIGNAL_INVALID') return null;
  return readCommonFrame(json);
}
