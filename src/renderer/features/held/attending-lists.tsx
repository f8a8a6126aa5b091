import { useTranslation } from 'react-i18next';
import { Tabs } from '../../../web/ui/tabs.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { HandledList } from '../handled/handled-list.tsx';
import { HeldList } from './held-list.tsx';
import { useSupervises } from './use-supervises.ts';

/** What I handled, and what is in attention in the branch. Who supervises sees the branch first. */
export function AttendingLists() {
  const { t } = useTranslation('tickets');
  const { t: workspaceText } = useTranslation('workspace');
  const formats = useFormats();
  const supervises = useSupervises();
  const chosen = useDeskState((state) => state.attendingList);
  const choose = useDeskState((state) => state.showAttendingList);
  const own = useDeskState(({ handled }) => handled?.tickets.length);
  const inBranch = useDeskState(({ held }) => held?.count);
  const count = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : formats.number(value);
  return (
    <Tabs
      label={t('held.lists')}
      selected={chosen ?? (supervises ? 'branch' : 'own')}
      onSelect={choose}
      items={[
        { id: 'own', label: workspaceText('handled.title'), count: count(own), content: <HandledList /> },
        { id: 'branch', label: t('held.title'), count: count(inBranch), content: <HeldList /> },
      ]}
    />
  );
}
