import type { shortcuts as spanish } from '../es/shortcuts.ts';
import type { Translated } from '../translated.ts';

export const shortcuts: Translated<typeof spanish> = {
  title: 'Shortcuts',
  help: 'See the shortcuts',
  search: 'Search contact, ticket or action',
  attend: 'Attend',
  finish: 'Finish ticket',
  terms: 'Send T&C',
  share: 'Share the screen, or stop sharing it',
  invite: 'Generate the QR of the video call',
  allTickets: 'See all tickets',
  addNote: 'Add note',
  state: 'Change to {{state}}',
  rows: 'Move through the rows',
  close: 'Close what is open',
};
