import type { chat as spanish } from '../es/chat.ts';
import type { Translated } from '../translated.ts';

export const chat: Translated<typeof spanish> = {
  tab: 'Chat',
  log: 'Messages',
  field: 'Message to {{name}}',
  send: 'Send',
  empty: 'No messages yet',
  emptyDetail: 'What you write reaches the customer inside the video call.',
  external: 'An external person writes here. Addresses cannot be opened from here.',
  offline: 'Offline. What you write stays here and you can send it when the connection is back.',
  draftsRefused: 'This computer cannot keep what you write. Send it before closing.',
  pending: 'To be sent',
  sent: 'Sent',
  read: 'Read',
  refused: 'Not sent',
  /** Beside what somebody from outside wrote. */
  outsider: 'External',
  guest: '{{name}}, external person',
  own: 'You',
  below_one: '{{count}} new message',
  below_other: '{{count}} new messages',
  unread_one: '{{count}} unread message in the chat',
  unread_other: '{{count}} unread messages in the chat',
};
