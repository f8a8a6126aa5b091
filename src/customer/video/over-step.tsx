import {
  Ban,
  CircleCheck,
  CircleX,
  Link2Off,
  LogOut,
  PanelsTopLeft,
  Smartphone,
  Store,
  type LucideIcon,
} from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { renewalFailure } from '../turn/ask-for-page.ts';
import { filled } from '../turn/turn-words.ts';
import type { Formats } from '../../texts/create-formats.ts';
import type { GuestChat } from './guest-chat.ts';
import styles from './over-step.module.css';
import type { TurnView } from './create-turn-way.ts';
import { OverTalk } from './over-talk.tsx';
import { PageButton } from './page-button.tsx';
import { VisitHead } from './visit-head.tsx';
import { ReceiptList, type ReceiptListProps } from './receipt-list.tsx';
import { StepHeading } from './step-heading.tsx';
import type { VideoWords } from './video-words.ts';
import type { VisitEnd } from './visit-state.ts';

const ICONS: Record<VisitEnd, LucideIcon> = {
  finished: CircleCheck,
  cancelled: CircleX,
  noShow: CircleX,
  invalid: Link2Off,
  used: Smartphone,
  reported: Ban,
  blocked: Ban,
  moved: PanelsTopLeft,
  atCounter: Store,
  left: LogOut,
  hungUp: LogOut,
};

/** The ends that the guest can take back: the link still lets this browser in. */
const WAYS_BACK = { moved: 'stayHere', left: 'back', hungUp: 'backToCall' } as const;

/** The ends at which what was said and shared stays to be read: the guest was in, and is not put out. */
const KEEPS_TALK: readonly VisitEnd[] = ['finished', 'cancelled', 'noShow', 'reported', 'left', 'hungUp'];

export interface OverStepProps {
  end: VisitEnd;
  /** Null when the server never said whose visit it was. */
  guest: GuestState | null;
  receipts: ReceiptListProps['receipts'];
  onWithdraw: ReceiptListProps['withdraw'];
  onSave: ReceiptListProps['save'];
  chat: GuestChat;
  /** Null while the server has said nothing of the visit. */
  formats: Formats | null;
  words: VideoWords;
  onEnter: () => void;
  turn: TurnView;
  onRenew: () => void;
  onSeeTurn: () => void;
}

/** How the visit ended, and what to do next. */
export function OverStep({
  end,
  guest,
  receipts,
  onWithdraw,
  onSave,
  chat,
  formats,
  words,
  onEnter,
  turn,
  onRenew,
  onSeeTurn,
}: OverStepProps) {
  const Icon = ICONS[end];
  const { over } = words;
  const talk = useSyncExternalStore(chat.subscribe, chat.get);
  const way = end in WAYS_BACK ? over[WAYS_BACK[end as keyof typeof WAYS_BACK]] : null;
  const mayRenew = (end === 'noShow' || end === 'cancelled') && guest?.canRenew === true;
  const detail = mayRenew ? over.renewDetail : over[`${end}Detail`];
  return (
    <>
      <VisitHead guest={guest} words={words} />
      <main className={styles.main}>
        <Icon size={40} strokeWidth={1.5} aria-hidden="true" />
        <StepHeading>{over[end]}</StepHeading>
        <p>{filled(detail, { code: guest?.code ?? '' })}</p>
        <ReceiptList receipts={receipts} withdraw={onWithdraw} save={onSave} words={words} />
        {mayRenew && (
          <div className={styles.foot}>
            <p role="status">{turn.failure !== null && over.renewFailure[renewalFailure(turn.failure)]}</p>
            <PageButton form="filled" isBusy={turn.isAsking} onPress={onRenew}>
              {over.renew}
            </PageButton>
          </div>
        )}
        {turn.hasPage && (end === 'atCounter' || end === 'invalid') && (
          <div className={styles.foot}>
            <PageButton form="filled" onPress={onSeeTurn}>
              {over.seeTurn}
            </PageButton>
          </div>
        )}
        {guest && formats && KEEPS_TALK.includes(end) && <OverTalk {...{ talk, guest, words, formats }} />}
        {way !== null && (
          <div className={styles.foot}>
            <PageButton form="filled" onPress={onEnter}>
              {way}
            </PageButton>
          </div>
        )}
      </main>
    </>
  );
}
