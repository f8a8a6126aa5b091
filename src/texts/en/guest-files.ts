import type { guestFiles as spanish } from '../es/guest-files.ts';
import type { Translated } from '../translated.ts';

export const guestFiles: Translated<typeof spanish> = {
  open: 'Files',
  heading: 'Files of your attention',
  close: 'Close the files',
  attach: 'Send a file',
  hint: 'Photos and documents: {{extensions}}. At most 100 MB each.',
  list: 'Shared files',
  empty: 'No files yet.',
  own: 'You',
  cleaned: 'hidden data was removed',
  downloadOf: 'Download {{name}}',
  preview: 'Preview of {{name}}',
  cancelOf: 'Cancel sending {{name}}',
  removeOf: 'Remove {{name}} from the list',
  queued: 'In line: it is sent after the one before',
  sending: 'Sending, {{percent}}%',
  waiting: {
    offline: 'Offline. It goes on by itself from {{percent}}%.',
    tooMany: 'Too many files in a row. It goes on by itself from {{percent}}%.',
    busy: 'The server cannot take it now. It goes on by itself from {{percent}}%.',
  },
  checking: 'Checking the file',
  refused: 'Not sent.',
  closed: 'The attention is no longer open.',
  unread: 'The file could not be read. Choose it again.',
  arrived: '{{name}} sent a file',
  unseen: 'New: {{count}}',
};
