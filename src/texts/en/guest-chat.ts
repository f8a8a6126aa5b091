import type { guestChat as spanish } from '../es/guest-chat.ts';
import type { Translated } from '../translated.ts';

export const guestChat: Translated<typeof spanish> = {
  open: 'Chat',
  heading: 'Chat with {{name}}',
  close: 'Close the chat',
  log: 'Messages',
  field: 'Write a message',
  send: 'Send',
  empty: 'No messages yet. What you write reaches the agent.',
  own: 'You',
  arrived: '{{name}}: {{text}}',
  below: 'See what is new',
  unread: 'Unread: {{count}}',
  status: { sending: 'Sending', sent: 'Sent', read: 'Read' },
  problem: {
    offline: 'Not sent: there is no connection. It leaves by itself when it is back.',
    unavailable: 'Not sent: the server did not answer. It leaves by itself when it is back.',
    tooMany: 'Not sent: too many messages in a row. It leaves by itself in a moment.',
    closed: 'Not sent: the attention is no longer open.',
    rejected: 'Not sent: the text has characters that cannot be sent.',
  },
  retry: 'Try again',
  edit: 'Edit',
};
