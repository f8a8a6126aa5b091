import { CornerDownRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AgentState } from '../../../protocol/agent-status.ts';
import { callState } from '../../../domain/views/call-state.ts';
import { Select, type SelectOption } from '../../../web/ui/select.tsx';
import { StatusGlyph } from '../../../web/ui/status-glyph.tsx';
import { useDeskState, useNow } from '../../start/desk-context.ts';
import { useFormats } from '../../start/use-formats.ts';
import { AgentStateGlyph } from '../../../web/ui/agent-state-glyph.tsx';
import styles from './status-control.module.css';
import { useBarAct } from './use-bar-act.ts';

/** `Ahora` (derived, never chosen) | `Estado` | `Siguiente estado` (S2-04, S2-05). */
export function StatusControl() {
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const formats = useFormats();
  const now = useNow();
  const act = useBarAct();
  const status = useDeskState((state) => state.status?.status);
  const ticket = useDeskState((state) => state.current?.ticket?.header);
  if (!status) return null;
  const inHand = ticket && callState(ticket);
  const since = inHand === 'calling' ? ticket?.lastCalledAt : ticket?.attendingSince;
  const options = (hasKeys: boolean): SelectOption<AgentState>[] =>
    AgentState.options.map((state, index) => ({
      value: state,
      label: stateName(`agent.${state}`),
      glyph: <AgentStateGlyph state={state} />,
      shortcut: hasKeys ? `Control+${index + 1}` : undefined,
    }));
  return (
    <div role="group" aria-label={t('bar.status')} className={styles.group}>
      {inHand && (
        <div className={styles.now}>
          <StatusGlyph status={inHand} />
          <span className={styles.words}>
            <span className={styles.label}>{t('bar.now')}</span>
            <strong>{stateName(`ticket.${inHand}`)}</strong>
          </span>
          <span className={styles.timer}>{formats.timer(now - (since ?? now))}</span>
        </div>
      )}
      <Select
        variant="bar"
        label={t('bar.state')}
        options={options(!inHand)}
        value={status.state}
        onChange={(state) => act({ type: 'status.choose', state })}
        figure={inHand ? undefined : formats.timer(now - status.since)}
      />
      <Select
        variant="bar"
        label={t('bar.nextState')}
        options={options(Boolean(inHand))}
        value={status.nextState}
        onChange={(state) => act({ type: 'status.chooseNext', state })}
        glyph={<CornerDownRight size={16} aria-hidden />}
        foot={inHand ? t('bar.nextStateFoot', { code: ticket?.turnCode }) : t('bar.nextStateFootIdle')}
      />
    </div>
  );
}
