import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FILE_ACCEPT } from '../../../domain/files/file-kinds.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDeskServices } from '../../start/desk-context.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';

export interface AttachButtonProps {
  ticketId: TicketId;
  /** Told once files were picked: their tab is shown then. */
  onPicked: () => void;
}

/** The paper clip: picks files to send to the customer. */
export function AttachButton({ ticketId, onPicked }: AttachButtonProps) {
  const { t } = useTranslation('files');
  const { uploads } = useDeskServices();
  const needsLine = useLineReason();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label={t('attach')} variant="outlined" unavailable={needsLine} onPress={() => field.current?.click()}>
        <Paperclip size={16} aria-hidden />
      </IconButton>
      <input
        ref={field}
        type="file"
        hidden
        multiple
        accept={FILE_ACCEPT}
        aria-label={t('choose')}
        onChange={({ currentTarget }) => {
          const picked = [...(currentTarget.files ?? [])];
          // The same file may be picked again.
          currentTarget.value = '';
          if (picked.length === 0) return;
          uploads.send(ticketId, picked);
          onPicked();
        }}
      />
    </>
  );
}
