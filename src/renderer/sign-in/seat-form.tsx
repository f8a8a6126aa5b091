import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionFact } from '../../bridge/facts.ts';
import type { BranchId, ModuleId } from '../../protocol/ids.ts';
import { Button } from '../../web/ui/button.tsx';
import { ErrorState } from '../../web/ui/error-state.tsx';
import { Select } from '../../web/ui/select.tsx';
import { useCall } from '../start/use-call.ts';
import { useErrorWords } from '../start/use-error-words.ts';
import { AgentCard } from './agent-card.tsx';
import styles from './sign-in.module.css';

export interface SeatFormProps {
  session: Extract<SessionFact, { state: 'choosingSeat' }>;
}

/** Branch and module, preset to the agent's own branch and the first free module. */
export function SeatForm({ session }: SeatFormProps) {
  const { t } = useTranslation('signIn');
  const errorWords = useErrorWords();
  const [branchId, setBranchId] = useState<BranchId | null>(null);
  const [chosenId, setModuleId] = useState<ModuleId | null>(null);
  const takeSeat = useCall('session.takeSeat');

  const seat = session.seats.find((choice) => choice.branchId === branchId) ?? session.seats[0];
  const modules = seat?.modules ?? [];
  // A module that somebody took meanwhile is no longer chosen.
  const module =
    modules.find(({ id, takenBy }) => id === chosenId && takenBy === null) ??
    modules.find(({ takenBy }) => takenBy === null);
  const missing = modules.length === 0 ? t('noModules') : module === undefined ? t('noFreeModule') : undefined;

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (seat && module) void takeSeat.run({ branchId: seat.branchId, moduleId: module.id });
      }}
    >
      <AgentCard agent={session.agent} companyName={session.companyName} />
      <div className={styles.where}>
        <h1 className={styles.title}>{t('seatTitle')}</h1>
        <p className={styles.detail}>{t('seatDetail')}</p>
        <div className={styles.pair}>
          <Select
            label={t('branch')}
            options={session.seats.map((choice) => ({ value: choice.branchId, label: choice.branchName }))}
            value={seat?.branchId ?? null}
            onChange={setBranchId}
          />
          <Select
            label={t('module')}
            options={modules.map(({ id, name, takenBy }) => ({
              value: id,
              label: name,
              detail: takenBy === null ? t('moduleFree') : t('moduleTaken', { name: takenBy.name }),
              isDisabled: takenBy !== null,
            }))}
            value={module?.id ?? null}
            onChange={setModuleId}
            error={missing}
            autoFocus
          />
        </div>
        {takeSeat.error !== null && (
          <div className={styles.error}>
            <ErrorState title={t('failed')}>{errorWords(takeSeat.error)}</ErrorState>
          </div>
        )}
        <div className={styles.foot}>
          <span className={styles.footNote}>{t('stateNote')}</span>
          <Button type="submit" variant="primary" size="large" shortcut="Enter" isDisabled={module === undefined}>
            {t('submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
