import { FinishDialog } from '../features/attending/finish-dialog.tsx';
import { FreeDialog } from '../features/held/free-dialog.tsx';
import { NewTicketDialog } from '../features/new-ticket/new-ticket-dialog.tsx';
import { PreferencesDialog } from '../features/preferences/preferences-dialog.tsx';
import { ShortcutsDialog } from '../features/shortcuts/shortcuts-dialog.tsx';
import { OfferDialog } from '../features/relay/offer-dialog.tsx';
import { NotReadyDialog } from '../features/ticket/not-ready-dialog.tsx';
import { TicketActDialog } from '../features/ticket/ticket-act-dialog.tsx';
import { TransferDialog } from '../features/transfer/transfer-dialog.tsx';
import { BlockDialog } from '../features/video/block-dialog.tsx';
import { InviteDialog } from '../features/video/invite-dialog.tsx';
import { ShareDialog } from '../features/video/share-dialog.tsx';
import { SettingsDialog } from '../features/video/settings-dialog.tsx';
import { useDeskState } from '../start/desk-context.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useDeskState((state) => state.dialog);
  switch (dialog?.type) {
    case undefined:
      return null;
    case 'createTicket':
      return <NewTicketDialog kind="create" />;
    case 'attendNow':
      return <NewTicketDialog kind="attendNow" {...dialog} />;
    case 'transfer':
      return <TransferDialog {...dialog} />;
    case 'transferCall':
      return <OfferDialog {...dialog} />;
    case 'cancelTicket':
      return <TicketActDialog act="cancel" {...dialog} />;
    case 'requeueTicket':
      return <TicketActDialog act="requeue" {...dialog} />;
    case 'freeTicket':
      return <FreeDialog {...dialog} />;
    case 'finishWithNote':
      return <FinishDialog {...dialog} />;
    case 'blockGuest':
      return <BlockDialog {...dialog} />;
    case 'inviteGuest':
      return <InviteDialog {...dialog} />;
    case 'videoSettings':
      return <SettingsDialog />;
    case 'shareScreen':
      return <ShareDialog {...dialog} />;
    case 'callNotReady':
      return <NotReadyDialog {...dialog} />;
    case 'preferences':
      return <PreferencesDialog />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'signOut':
      return <SignOutDialog />;
  }
}
