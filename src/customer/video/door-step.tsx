import { Camera, EyeOff, Smartphone, TriangleAlert } from 'lucide-react';
import styles from './door-step.module.css';
import { PageButton } from './page-button.tsx';
import { VisitHead } from './visit-head.tsx';
import { StepHeading } from './step-heading.tsx';
import type { VideoWords } from './video-words.ts';
import type { VisitStep } from './visit-state.ts';

export interface DoorStepProps {
  step: Extract<VisitStep, { name: 'door' }>;
  words: VideoWords;
  onEnter: () => void;
}

/** What the link is for, and the way in. */
export function DoorStep({ step: { isEntering, problem }, words, onEnter }: DoorStepProps) {
  const { door } = words;
  const isClosed = problem === 'insecure' || problem === 'unsupported';
  return (
    <>
      <VisitHead guest={null} words={words} />
      <main className={styles.main}>
        <StepHeading>{door.heading}</StepHeading>
        <p className={styles.detail}>{door.detail}</p>
        <ul className={styles.points}>
          <li>
            <Camera size={20} strokeWidth={1.75} aria-hidden="true" />
            {door.points.media}
          </li>
          <li>
            <EyeOff size={20} strokeWidth={1.75} aria-hidden="true" />
            {door.points.privacy}
          </li>
          <li>
            <Smartphone size={20} strokeWidth={1.75} aria-hidden="true" />
            {door.points.once}
          </li>
        </ul>
        <div className={styles.foot}>
          <div role="alert">
            {problem !== null && (
              <p className={styles.problem}>
                <TriangleAlert size={20} strokeWidth={1.75} aria-hidden="true" />
                {words.problem[problem]}
              </p>
            )}
          </div>
          {!isClosed && (
            <PageButton form="filled" isBusy={isEntering} onPress={onEnter}>
              {isEntering ? door.entering : door.enter}
            </PageButton>
          )}
        </div>
      </main>
    </>
  );
}
