import { useDeskServices, useDeskState } from '../../start/desk-context.ts';

/** Shares what the agent chooses: in the browser's own question, or in ours where the host has none (S2-42). */
export function useShareScreen(): () => void {
  const { desk, video } = useDeskServices();
  const openDialog = useDeskState((state) => state.openDialog);
  return () => {
    desk.call('screen.sources', {}).then(
      (sources) => (sources === null ? video.shareScreen() : openDialog({ type: 'shareScreen', sources })),
      // The dialog says what may stand in the way.
      () => openDialog({ type: 'shareScreen', sources: [] }),
    );
  };
}
