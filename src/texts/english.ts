import { common } from './en/common.ts';
import { signIn } from './en/sign-in.ts';
import { workspace } from './en/workspace.ts';
import { shortcuts } from './en/shortcuts.ts';
import { tickets } from './en/tickets.ts';
import { attention } from './en/attention.ts';
import { contact } from './en/contact.ts';
import { outbox } from './en/outbox.ts';
import { reasons } from './en/reasons.ts';
import { timeline } from './en/timeline.ts';
import { states } from './en/states.ts';
import { errors } from './en/errors.ts';
import { refusals } from './en/refusals.ts';
import { kiosk } from './en/kiosk.ts';
import { display } from './en/display.ts';
import { turn } from './en/turn.ts';
import { terms } from './en/terms.ts';
import { videoCall } from './en/video-call.ts';
import { guestVideo } from './en/guest-video.ts';
import { guestChat } from './en/guest-chat.ts';
import { guestFiles } from './en/guest-files.ts';
import { chat } from './en/chat.ts';
import { mediaDevices } from './en/media-devices.ts';
import { files } from './en/files.ts';
import { relay } from './en/relay.ts';
import { voice } from './en/voice.ts';
import { receipt } from './en/receipt.ts';
import { shell } from './en/shell.ts';
import type { Texts } from './spanish.ts';

/** All texts in English, by subject. */
export const english: Texts = {
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
