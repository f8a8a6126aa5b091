import type { CallPhase } from '../../domain/call/call.ts';
import type { CallView } from '../../web/peer/call-view.ts';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

export interface CallLine {
  id: string;
  words: string;
}

/** What is the case between the two, in words; nothing while all is well. */
export function callLines(
  { call, isSilent, isRelayed }: VisitState,
  name: string,
  { call: words }: VideoWords,
): CallLine[] {
  if (call === null) return [];
  const { phase, isRemoteOn, remote, isSaving, isLineUp, screenAnswer } = call;
  const line = (id: keyof typeof words): CallLine => ({ id, words: filled(words[id], { name }) });
  const ended = endWords(call);
  if (ended !== null) return [line(ended)];
  if (!isTalking(phase)) return [line(hardship(call) ?? underWay(phase))];
  const lines: CallLine[] = [];
  if (isRelayed) lines.push(line('relayed'));
  if (!isLineUp || isSilent) lines.push(line('lineDown'));
  if (screenAnswer !== null) lines.push(line(screenAnswer === 'allowed' ? 'screenAllowed' : 'screenDeclined'));
  if (isRemoteOn.screen) lines.push(line('screen'));
  if (phase.name === 'audioOnly') lines.push(line(phase.cause === 'bandwidth' ? 'weak' : 'noPicture'));
  if (remote.microphone === null || !isRemoteOn.microphone) lines.push(line('muted'));
  if (isSaving) lines.push(line('saving'));
  return lines;
}

export const isTalking = ({ name }: CallPhase): boolean => name === 'connected' || name === 'audioOnly';

function underWay({ name }: CallPhase): 'reconnecting' | 'connecting' | 'calling' {
  return name === 'reconnecting' || name === 'connecting' ? name : 'calling';
}

/** Why no connection comes up, as far as it is known (trust B77). */
function hardship({ phase, isPeerHere, isLineUp, relay, isHard }: CallView): 'relaySilent' | 'noWay' | null {
  if ((phase.name !== 'connecting' && phase.name !== 'reconnecting') || !isPeerHere || !isLineUp) return null;
  if (relay === 'silent') return 'relaySilent';
  return isHard && relay === 'none' ? 'noWay' : null;
}

/** Why a call ended although the attention goes on. */
function endWords({ phase, relay }: CallView): 'lost' | 'unreachable' | 'noWayFound' | 'connectionChanged' | null {
  if (phase.name !== 'ended') return null;
  if (phase.cause === 'unreachable') return relay === 'none' ? 'noWayFound' : 'unreachable';
  return phase.cause === 'connectionChanged' ? phase.cause : 'lost';
}
