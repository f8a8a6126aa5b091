import { common } from './pt/common.ts';
import { signIn } from './pt/sign-in.ts';
import { workspace } from './pt/workspace.ts';
import { shortcuts } from './pt/shortcuts.ts';
import { tickets } from './pt/tickets.ts';
import { attention } from './pt/attention.ts';
import { contact } from './pt/contact.ts';
import { outbox } from './pt/outbox.ts';
import { reasons } from './pt/reasons.ts';
import { timeline } from './pt/timeline.ts';
import { states } from './pt/states.ts';
import { errors } from './pt/errors.ts';
import { refusals } from './pt/refusals.ts';
import { kiosk } from './pt/kiosk.ts';
import { display } from './pt/display.ts';
import { turn } from './pt/turn.ts';
import { terms } from './pt/terms.ts';
import { videoCall } from './pt/video-call.ts';
import { guestVideo } from './pt/guest-video.ts';
import { guestChat } from './pt/guest-chat.ts';
import { guestFiles } from './pt/guest-files.ts';
import { chat } from './pt/chat.ts';
import { mediaDevices } from './pt/media-devices.ts';
import { files } from './pt/files.ts';
import { relay } from './pt/relay.ts';
import { voice } from './pt/voice.ts';
import { receipt } from './pt/receipt.ts';
import { shell } from './pt/shell.ts';
import type { Texts } from './spanish.ts';

/** All texts in Portuguese, by subject. */
export const portuguese: Texts = {
  common,
  signIn,
  workspace,
  shortcuts,
  tickets,
  attention,
  contact,
  outbox,
  reasons,
  timeline,
  states,
  errors,
  refusals,
  kiosk,
  display,
  turn,
  terms,
  videoCall,
  guestVideo,
  guestChat,
  guestFiles,
  chat,
  mediaDevices,
  files,
  relay,
  voice,
  receipt,
  shell,
};
