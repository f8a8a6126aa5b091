import { common } from './es/common.ts';
import { signIn } from './es/sign-in.ts';
import { workspace } from './es/workspace.ts';
import { shortcuts } from './es/shortcuts.ts';
import { tickets } from './es/tickets.ts';
import { attention } from './es/attention.ts';
import { contact } from './es/contact.ts';
import { outbox } from './es/outbox.ts';
import { reasons } from './es/reasons.ts';
import { timeline } from './es/timeline.ts';
import { states } from './es/states.ts';
import { errors } from './es/errors.ts';
import { refusals } from './es/refusals.ts';
import { kiosk } from './es/kiosk.ts';
import { display } from './es/display.ts';
import { turn } from './es/turn.ts';
import { terms } from './es/terms.ts';
import { videoCall } from './es/video-call.ts';
import { guestVideo } from './es/guest-video.ts';
import { guestChat } from './es/guest-chat.ts';
import { guestFiles } from './es/guest-files.ts';
import { chat } from './es/chat.ts';
import { mediaDevices } from './es/media-devices.ts';
import { files } from './es/files.ts';
import { relay } from './es/relay.ts';
import { voice } from './es/voice.ts';
import { receipt } from './es/receipt.ts';
import { shell } from './es/shell.ts';
import type { Translated } from './translated.ts';

/** All texts in Spanish, by subject: the source of the keys of every language. */
export const spanish = {
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

export type Texts = Translated<typeof spanish>;
