import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeFact } from '../../../bridge/facts.ts';
import { useDeskServices } from '../../start/desk-context.ts';
import { isWriting } from '../../start/is-typing.ts';

const RETURNED_CAUSES = ['noAnswer', 'notAcknowledged', 'deskSilent', 'signedOut', 'supervisor'] as const;
const SUPERSEDED_WORDS = {
  'status.choose': 'state',
  'status.chooseNext': 'nextState',
  'status.setManual': 'manual',
} as const;
const QUIETER = 0.5;

/** What the desk tells once: heard, and said in a line at the lower left (S2-25). */
export function useNotices(): void {
  const { desk, store, toasts, playChime } = useDeskServices();
  const { t } = useTranslation('workspace');
  const { t: stateName } = useTranslation('states');
  const { t: timelineText } = useTranslation('timeline');

  useEffect(() => {
    const volume = (): number => store.getState().preferences?.soundVolume ?? 0;

    const showCall = (turnCode: string): void => {
      const { openedTicketId, openTicket, showOutbox } = store.getState();
      showOutbox(false);
      if (openedTicketId === null) return;
      // Whoever writes in column 2 keeps what is before them; the call is one press away.
      if (isWriting()) {
        toasts.show({
          message: t('notice.called', { code: turnCode }),
          action: { label: t('notice.showCall'), onPress: () => openTicket(null) },
        });
      } else {
        openTicket(null);
      }
    };

    const tell = (notice: NoticeFact): void => {
      switch (notice.type) {
        case 'called':
          playChime(volume());
          showCall(notice.turnCode);
          return;
        case 'firstWaiting':
          playChime(volume() * QUIETER);
          toasts.show({ message: t('notice.firstWaiting', { code: notice.turnCode }) });
          return;
        case 'returned': {
          const cause = RETURNED_CAUSES.find((known) => known === notice.cause);
          toasts.show({
            message:
              cause === 'noAnswer'
                ? t('notice.noAnswerOffline', { code: notice.turnCode })
                : t('notice.returned', {
                    code: notice.turnCode,
                    cause: cause === undefined ? notice.cause : timelineText(`returnedCause.${cause}`),
                  }),
          });
          return;
        }
        case 'superseded':
          toasts.show({ message: t('notice.superseded', { code: notice.turnCode }) });
          return;
        case 'statusSuperseded':
          toasts.show({ message: t(`notice.statusSuperseded.${SUPERSEDED_WORDS[notice.act]}`) });
          return;
        case 'cacheRebuilt':
          toasts.show({ message: t('notice.cacheRebuilt') });
          return;
        case 'statusApplied':
          toasts.show({ message: t('notice.stateApplied', { state: stateName(`agent.${notice.state}`) }) });
          return;
      }
    };
    return desk.on('notice.raised', tell);
  }, [desk, store, toasts, playChime, t, stateName, timelineText]);

  // What was said to one agent is not left for the next.
  useEffect(
    () => () => {
      for (const { id } of toasts.current()) toasts.dismiss(id);
    },
    [toasts],
  );
}
