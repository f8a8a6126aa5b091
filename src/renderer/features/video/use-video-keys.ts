import { useDeskServices } from '../../start/desk-context.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { useShareScreen } from './use-share-screen.ts';
import { videoInHand } from './video-in-hand.ts';

/** The keys of the menu of a video: each does what its entry does, and nothing where that cannot be chosen (S2-42, S2-44). */
export function useVideoKeys(): { share: () => void; invite: () => void } {
  const { store, video } = useDeskServices();
  const needsLine = useLineReason();
  const shareScreen = useShareScreen();

  return {
    share: () => {
      const header = videoInHand(store.getState());
      if (header === null || video.get()?.ticketId !== header.id) return;
      if (video.get()?.devices.tracks.screen) video.stopScreen();
      else shareScreen();
    },
    invite: () => {
      const header = videoInHand(store.getState());
      if (header === null || needsLine !== undefined) return;
      const { id: ticketId, turnCode } = header;
      store.getState().openDialog({ type: 'inviteGuest', ticketId, turnCode });
    },
  };
}
