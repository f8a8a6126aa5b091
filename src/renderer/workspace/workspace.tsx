import { FloatingCall } from '../features/floating/floating-call.tsx';
import { useUnsayWhenShared } from '../features/masking/use-unsay-when-shared.ts';
import { CallAnnouncer } from '../features/notices/call-announcer.tsx';
import { DocumentTitle } from '../features/notices/document-title.tsx';
import { useNotices } from '../features/notices/use-notices.ts';
import { useConsentNotices } from '../features/terms/use-consent-notices.ts';
import { useOfferNotices } from '../features/relay/use-offer-notices.ts';
import { useLinkedTicket } from '../features/ticket/use-linked-ticket.ts';
import { useShortcuts } from '../features/shortcuts/use-shortcuts.ts';
import { SharingBar } from '../features/video/sharing-bar.tsx';
import { AttentionColumn } from './attention-column.tsx';
import { Bar } from './bar.tsx';
import { CustomerColumn } from './customer-column.tsx';
import { Dialogs } from './dialogs.tsx';
import { LineBanner } from './line-banner.tsx';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { TicketsColumn } from './tickets-column.tsx';
import { useInputSeen } from './use-input-seen.ts';
import { useShowRefused } from './use-show-refused.ts';
import styles from './workspace.module.css';

/** The agent's three columns in their ink frame. */
export function Workspace() {
  useInputSeen();
  useShortcuts();
  useNotices();
  useConsentNotices();
  useOfferNotices();
  useUnsayWhenShared();
  useLinkedTicket();
  useShowRefused();
  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <Bar />
        <SharingBar />
        <LineBanner />
      </header>
      <div className={styles.middle}>
        <Rail />
        <main className={styles.columns}>
          <TicketsColumn />
          <AttentionColumn />
          <CustomerColumn />
        </main>
      </div>
      <StatusBar />
      <Dialogs />
      <FloatingCall />
      <CallAnnouncer />
      <DocumentTitle />
    </div>
  );
}
