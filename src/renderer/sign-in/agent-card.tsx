import { UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskAgent } from '../../bridge/facts.ts';
import { Button } from '../../web/ui/button.tsx';
import { Initials } from '../../web/ui/initials.tsx';
import { useCall } from '../start/use-call.ts';
import styles from './sign-in.module.css';

export interface AgentCardProps {
  agent: DeskAgent;
  companyName?: string;
}

/** Who has been recognised, and the way out for somebody else. */
export function AgentCard({ agent, companyName }: AgentCardProps) {
  const { t } = useTranslation('signIn');
  const { t: stateName } = useTranslation('states');
  const signOut = useCall('session.signOut');
  const name = `${agent.firstName} ${agent.lastName}`.trim();
  return (
    <div className={styles.who} data-surface="frame">
      <div className={styles.agent}>
        <Initials name={name} isPortrait />
        <div className={styles.agentWords}>
          <strong>{t('hello', { name })}</strong>
          <span>{[stateName(`role.${agent.role}`), companyName].filter(Boolean).join(' · ')}</span>
          <span>{agent.email}</span>
        </div>
      </div>
      <Button isWide icon={<UserX size={16} aria-hidden />} onPress={() => void signOut.run({})}>
        {t('notMe', { name: agent.firstName })}
      </Button>
    </div>
  );
}
