import { Check, Eye, FileClock, ScrollText, Send, Undo2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Consent, ConsentState } from '../../../protocol/video/consent.ts';
import { useFormats } from '../../start/use-formats.ts';
import styles from './terms-sheet.module.css';

const ANSWERS = { accepted: Check, refused: X, unanswered: FileClock, withdrawn: Check } as const;
const answerOf = (state: Exclude<ConsentState, 'asked'>) => (state === 'withdrawn' ? 'accepted' : state);

export interface ConsentStepsProps {
  consent: Consent;
  /** First name of the customer. */
  name: string;
}

/** What has happened to what was sent, in its order, each with its hour. */
export function ConsentSteps({ consent, name }: ConsentStepsProps) {
  const { t } = useTranslation('terms');
  const formats = useFormats();
  const { state, askedAt, openedAt, readAt, answeredAt, withdrawnAt } = consent;
  const steps = [
    { id: 'asked', at: askedAt, Icon: Send, words: t('step.asked', { name }) },
    { id: 'opened', at: openedAt, Icon: Eye, words: t('step.opened') },
    { id: 'read', at: readAt, Icon: ScrollText, words: t('step.read') },
    ...(state === 'asked'
      ? []
      : [{ id: 'answered', at: answeredAt, Icon: ANSWERS[state], words: t(`step.${answerOf(state)}`, { name }) }]),
    { id: 'withdrawn', at: withdrawnAt, Icon: Undo2, words: t('step.withdrawn', { name }) },
  ];
  return (
    <ol aria-label={t('steps')} className={styles.steps}>
      {steps.map(({ id, at, Icon, words }) =>
        at === null ? null : (
          <li key={id}>
            <time dateTime={new Date(at).toISOString()} className={styles.hour}>
              {formats.hourWithSeconds(at)}
            </time>
            <Icon size={16} aria-hidden />
            {words}
          </li>
        ),
      )}
    </ol>
  );
}
