import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskState, useNow } from '../../start/desk-context.ts';

const SECOND_MS = 1_000;

/** The window's title tells a call by turns with its own name, for whoever looks at another window. Draws nothing. */
export function DocumentTitle() {
  const code = useDeskState(({ current }) =>
    current?.ticket?.header.state === 'calling' ? current.ticket.header.turnCode : null,
  );
  return code === null ? null : <CallingTitle code={code} />;
}

/** Only while somebody is called does the title follow the seconds. */
function CallingTitle({ code }: { code: string }) {
  const { t } = useTranslation('states');
  const { t: common } = useTranslation('common');
  const now = useNow();
  const isNameTurn = Math.floor(now / SECOND_MS) % 2 === 1;
  const product = common('product');
  const title = isNameTurn ? product : `▲ ${code} ${t('ticket.calling')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(
    () => () => {
      document.title = product;
    },
    [product],
  );
  return null;
}
