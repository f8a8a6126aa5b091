import type { GuestMessage, MessagesRead } from '../../protocol/video/message.ts';
import { isCount, isRecord, isText, orNull } from '../live/frame-checks.ts';

/** The part of a frame that brings the chat. */
export interface ChatWord {
  messages: GuestMessage[];
  read: MessagesRead;
}

export const isGuestMessage = (value: unknown): value is GuestMessage =>
  isRecord(value) &&
  isCount(value['seq']) &&
  value['seq'] > 0 &&
  (value['from'] === 'agent' || value['from'] === 'guest') &&
  isText(value['text']) &&
  isCount(value['sentAt']) &&
  orNull(isText)(value['agentName']) &&
  orNull(isText)(value['key']);

const isRead = (value: unknown): value is MessagesRead =>
  isRecord(value) && isCount(value['byAgent']) && isCount(value['byGuest']);

/** Null for what is no word of the chat. */
export function readChatWord({ messages, read }: Record<string, unknown>): ChatWord | null {
  return Array.isArray(messages) && messages.every(isGuestMessage) && isRead(read) ? { messages, read } : null;
}
