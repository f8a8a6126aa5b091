import { useTranslation } from 'react-i18next';
import { Chip } from '../../web/ui/chip.tsx';
import { classNames } from '../../web/ui/class-names.ts';
import { Switch } from '../../web/ui/switch.tsx';
import { StatusControl } from '../features/status/status-control.tsx';
import { useBarAct } from '../features/status/use-bar-act.ts';
import { useDeskState } from '../start/desk-context.ts';
import { Mark } from '../start/mark.tsx';
import { useWorking } from '../start/use-working.ts';
import styles from './bar.module.css';
import { UserMenu } from './user-menu.tsx';

/** Where this desk stands, in what state its agent is, and who it is. */
export function Bar() {
  const { t } = useTranslation('workspace');
  const { t: common } = useTranslation('common');
  const { branch, module, companyName, isDemo } = useWorking();
  const status = useDeskState((state) => state.status?.status);
  const call = useDeskState(({ current }) => current?.ticket?.header.state);
  const act = useBarAct();
  const isManual = status?.isManual ?? false;
  return (
    <div className={classNames(styles.bar, styles[edgeOf(call, status?.state)])} data-surface="frame">
      <span className={styles.mark}>
        <Mark size={26} />
      </span>
      <div className={styles.place}>
        <h1>{branch.name}</h1>
        <span>{`${module.name} · ${companyName}`}</span>
      </div>
      {isDemo && (
        <span title={common('demoDetail')}>
          <Chip status="signal">{common('demo')}</Chip>
        </span>
      )}
      <div className={styles.space} />
      <StatusControl />
      <Switch
        label={t('bar.manual')}
        state={t(isManual ? 'bar.manualOn' : 'bar.manualOff')}
        isSelected={isManual}
        onChange={(next) => act({ type: 'status.setManual', isManual: next })}
      />
      <UserMenu />
    </div>
  );
}

/** The bar's upper edge: yellow while calling, green while able to attend, celeste in a break. */
function edgeOf(call: string | undefined, state: string | undefined): 'calling' | 'online' | 'resting' | 'away' {
  if (call === 'calling') return 'calling';
  if (call === 'attending' || state === 'online') return 'online';
  return state === 'resting' || state === 'lunch' ? 'resting' : 'away';
}
