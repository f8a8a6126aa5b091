import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../bridge/facts.ts';
import type { TopicId } from '../../../protocol/ids.ts';
import { Checkbox } from '../../../web/ui/checkbox.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { useAct } from '../../start/use-call.ts';
import { useService } from '../../start/use-working.ts';
import { ActError } from '../ticket/act-error.tsx';
import styles from './attention-view.module.css';

export interface TopicsPanelProps {
  ticket: TicketView;
}

/** "Temas": the extra sub-services attended (S2-32). */
export function TopicsPanel({ ticket }: TopicsPanelProps) {
  const { t } = useTranslation('attention');
  const service = useService(ticket.header.serviceId);
  const choose = useAct({ mayOverlap: true });
  // What was clicked stands until the desk says the same: a quick second click must not undo the first.
  const [wanted, setWanted] = useState<readonly TopicId[] | null>(null);
  if (wanted !== null && isSame(wanted, ticket.topicIds)) setWanted(null);
  const chosen = wanted ?? ticket.topicIds;

  const handleChange = (topicId: TopicId, isChosen: boolean): void => {
    const topicIds = isChosen ? [...chosen, topicId] : chosen.filter((id) => id !== topicId);
    setWanted(topicIds);
    void choose.run({ type: 'topics.choose', ticketId: ticket.header.id, topicIds }).then((isSafe) => {
      if (!isSafe) setWanted(null);
    });
  };

  return (
    <Panel
      title={t('topics.title')}
      subtitle={t('topics.subtitle')}
      aside={chosen.length > 0 && t('topics.chosen', { count: chosen.length })}
    >
      <ActError error={choose.error} onClose={choose.forgetError} />
      {service === undefined || service.topics.length === 0 ? (
        <p className={styles.noTopics}>{t('topics.none')}</p>
      ) : (
        <div className={styles.topics}>
          {service.topics.map(({ id, name }) => (
            <Checkbox key={id} isSelected={chosen.includes(id)} onChange={(isChosen) => handleChange(id, isChosen)}>
              {name}
            </Checkbox>
          ))}
        </div>
      )}
    </Panel>
  );
}

function isSame(one: readonly TopicId[], other: readonly TopicId[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
