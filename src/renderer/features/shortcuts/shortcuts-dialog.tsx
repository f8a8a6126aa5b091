import { useTranslation } from 'react-i18next';
import { AgentState } from '../../../protocol/agent-status.ts';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';
import { Kbd } from '../../../web/ui/kbd.tsx';
import { useDeskState } from '../../start/desk-context.ts';
import styles from './shortcuts-dialog.module.css';

/** The sheet of keys (F1). */
export function ShortcutsDialog() {
  const { t } = useTranslation('shortcuts');
  const { t: stateName } = useTranslation('states');
  const { t: common } = useTranslation('common');
  const close = useDeskState((state) => state.closeDialog);
  const keys: [string, string][] = [
    ['F1', t('help')],
    ['F2', t('attend')],
    ['F4', t('finish')],
    ['F6', t('terms')],
    ['F7', t('share')],
    ['F9', t('invite')],
    ['Control+Enter', t('addNote')],
    ...AgentState.options.map((state, index): [string, string] => [
      `Control+${index + 1}`,
      t('state', { state: stateName(`agent.${state}`) }),
    ]),
    ['ArrowUp+ArrowDown', t('rows')],
    ['Escape', t('close')],
  ];
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('title')}
      footer={
        <Button autoFocus onPress={close}>
          {common('close')}
        </Button>
      }
    >
      <dl className={styles.keys}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>{what}</dt>
            <dd>
              <Kbd shortcut={key} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
