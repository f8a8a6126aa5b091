import type { CallPhase } from '../../domain/call/call.ts';
import { filled } from '../turn/turn-words.ts';
import type { VideoWords } from './video-words.ts';
import type { VisitState } from './visit-state.ts';

export interface CallLine {
  id: string;
  words: string;
}

/** What is the case between the two, in words; nothing while all is well. */
export function callLines({ call, isSilent }: VisitState, name: string, { call: words }: VideoWords): CallLine[] {
  if (call === null) return [];
  const { phase, isRemoteOn, remote, isSaving, isLineUp } = call;
  const line = (id: keyof typeof words): CallLine => ({ id, words: filled(words[id], { name }) });
  const ended = endWords(phase);
  if (ended !== null) return [line(ended)];
  if (!isTalking(phase)) return [line(underWay(phase))];
  const lines: CallLine[] = [];
  if (!isLineUp || isSilent) lines.push(line('lineDown'));
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

/** Why a call ended although the attention goes on. */
function endWords(phase: CallPhase): 'lost' | 'unreachable' | 'connectionChanged' | null {
  if (phase.name !== 'ended') return null;
  return phase.cause === 'unreachable' || phase.cause === 'connectionChanged' ? phase.cause : 'lost';
}
