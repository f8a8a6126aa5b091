import { useTranslation } from 'react-i18next';
import type { TimelineLine } from '../../../bridge/facts.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { Panel } from '../../../web/ui/panel.tsx';
import { TicketTimeline } from './ticket-timeline.tsx';

export interface TimelinePanelProps {
  /** Null where this desk may not see it or does not have it. */
  lines: readonly TimelineLine[] | null;
  /** Takes the height that is left and scrolls inside. */
  isFilling?: boolean;
}

export function TimelinePanel({ lines, isFilling = false }: TimelinePanelProps) {
  const { t } = useTranslation('attention');
  const { t: workspaceText } = useTranslation('workspace');
  return (
    <Panel title={t('timeline.title')} isFilling={isFilling}>
      {lines === null ? (
        <EmptyState title={workspaceText('timeline.notHere')}>{workspaceText('timeline.notHereDetail')}</EmptyState>
      ) : (
        <TicketTimeline lines={lines} />
      )}
    </Panel>
  );
}
