import type { display as spanish } from '../es/display.ts';
import type { Translated } from '../translated.ts';

export const display: Translated<typeof spanish> = {
  called: 'Now calling',
  earlier: 'Earlier turns',
  goTo: 'Go to',
  waiting_zero: 'Nobody waiting',
  waiting_one: '1 waiting',
  waiting_other: '{{count}} waiting',
  nobody: 'No calls yet',
  nobodyDetail: 'Your code will appear here.',
  message: 'Have your document at hand.',
  scan: 'Cannot wait? Scan your ticket.',
  next: 'Next',
  turnOnSound: 'Turn sound on',
  unknownBranch: 'This screen belongs to no branch',
  unknownBranchDetail: 'Check the address that the administration gives you.',
  offlineAlone: 'No connection',
  soundOff: 'Touch the screen to turn the voice on.',
  offline: 'No connection since {{hour}}. Listen for the call at the modules.',
};
