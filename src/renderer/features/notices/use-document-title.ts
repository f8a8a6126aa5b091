import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskState, useNow } from '../../start/desk-context.ts';

const SECOND_MS = 1_000;

/** The window's title tells a call by turns with its own name, for whoever looks at another window. */
export function useDocumentTitle(): void {
  const { t } = useTranslation('states');
  const { t: common } = useTranslation('common');
  const now = useNow();
  const ticket = useDeskState(({ current }) => current?.ticket?.header);
  const isCalling = ticket?.state === 'calling';
  const isNameTurn = Math.floor(now / SECOND_MS) % 2 === 1;
  const title = isCalling && !isNameTurn ? `▲ ${ticket.turnCode} ${t('ticket.calling')}` : common('product');
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const product = common('product');
    return () => {
      document.title = product;
    };
  }, [common]);
}
