import type { shell as spanish } from '../es/shell.ts';
import type { Translated } from '../translated.ts';

export const shell: Translated<typeof spanish> = {
  signedOut: 'Signed out',
  tray: {
    tooltip: 'Ventanilla: {{state}}',
    noLine: 'No connection',
    state: 'State',
    show: 'Show',
    updateNow: 'Update and restart',
    updateAfterTicket: 'Update when this ticket ends',
    updatePlanned: 'Will update when this ticket ends',
    quit: 'Quit',
    hintTitle: 'Ventanilla is still open',
    hint: 'Closing the window leaves it in the system tray. To close it for good, choose Quit.',
  },
  call: 'New turn {{code}}',
  external: {
    title: 'This link leaves Ventanilla',
    stay: 'Stay here',
    open: 'Open {{place}}',
  },
  quit: {
    title: 'An attention is in progress: {{code}}',
    detail: 'If you quit, the attention stays yours until you come back or a supervisor frees it.',
    stay: 'Keep attending',
    leave: 'Quit anyway',
  },
  key: {
    title: 'The key of this machine cannot be read',
    changed:
      'The data was saved with the keyring {{before}}, and the system now offers {{now}}. Nothing has been deleted.',
    unreadable: 'The system keyring does not return the key that the data was saved with. Nothing has been deleted.',
    advice: 'If you continue without saving, you can attend while connected, and nothing stays here when you quit.',
    quit: 'Quit',
    withoutStore: 'Continue without saving',
    startOver: 'Make a new key',
    startOverTitle: 'Make a new key',
    startOverDetail:
      'What was waiting to be sent is set aside on this machine and will not be sent, unless the earlier key comes back.',
    back: 'Back',
  },
  start: { title: 'Ventanilla could not start' },
};
