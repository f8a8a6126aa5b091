import { CircleCheck, CircleX, Link2Off, LogOut, PanelsTopLeft, Smartphone, type LucideIcon } from 'lucide-react';
import type { GuestState } from '../../protocol/video/guest-state.ts';
import { filled } from '../turn/turn-words.ts';
import styles from './over-step.module.css';
import { PageButton } from './page-button.tsx';
import { PageHead } from './page-head.tsx';
import { StepHeading } from './step-heading.tsx';
import type { VideoWords } from './video-words.ts';
import type { VisitEnd } from './visit-state.ts';

const ICONS: Record<VisitEnd, LucideIcon> = {
  finished: CircleCheck,
  cancelled: CircleX,
  noShow: CircleX,
  invalid: Link2Off,
  used: Smartphone,
  moved: PanelsTopLeft,
  left: LogOut,
  hungUp: LogOut,
};

/** The ends that the guest can take back: the link still lets this browser in. */
const WAYS_BACK = { moved: 'stayHere', left: 'back', hungUp: 'backToCall' } as const;

export interface OverStepProps {
  end: VisitEnd;
  /** Null when the server never said whose visit it was. */
  guest: GuestState | null;
  words: VideoWords;
  onEnter: () => void;
}

/** How the visit ended, and what to do next. */
export function OverStep({ end, guest, words, onEnter }: OverStepProps) {
  const Icon = ICONS[end];
  const { over } = words;
  const way = end in WAYS_BACK ? over[WAYS_BACK[end as keyof typeof WAYS_BACK]] : null;
  return (
    <>
      <PageHead guest={guest} words={words} />
      <main className={styles.main}>
        <Icon size={40} strokeWidth={1.5} aria-hidden="true" />
        <StepHeading>{over[end]}</StepHeading>
        <p>{filled(over[`${end}Detail`], { code: guest?.code ?? '' })}</p>
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
