import { useTranslation } from 'react-i18next';
import type { AgentStatus } from '../../../protocol/agent-status.ts';
import styles from './idle-view.module.css';

export interface IdleNoteProps {
  status: AgentStatus;
}

/** Who calls the next one, or why nobody does; a state that the agent did not choose is named with its cause. */
export function IdleNote({ status: { state, cause, isManual } }: IdleNoteProps) {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const isOwnWish = cause === 'agent' || cause === 'signIn' || cause === 'signOut';
  return (
    <span className={styles.note}>
      {!isOwnWish &&
        `${t('bar.stateChangedBy', { state: stateName(`agent.${state}`), cause: stateName(`cause.${cause}`) })}. `}
      {state !== 'online' ? t('idle.notOnlineNote') : isManual ? t('idle.manualNote') : t('idle.automaticNote')}
    </span>
  );
}
