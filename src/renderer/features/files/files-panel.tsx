import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedFile } from '../../../protocol/files/shared-file.ts';
import type { TicketId } from '../../../protocol/ids.ts';
import { FILE_EXTENSIONS } from '../../../domain/files/file-kinds.ts';
import { classNames } from '../../../web/ui/class-names.ts';
import { EmptyState } from '../../../web/ui/empty-state.tsx';
import { useDeskServices, useDeskState } from '../../start/desk-context.ts';
import { ActError } from '../ticket/act-error.tsx';
import { FileRow, QueuedRow, UnsentRow, UploadRow } from './file-rows.tsx';
import styles from './files-panel.module.css';
import { useDownload } from './use-download.ts';

export interface FilesPanelProps {
  ticketId: TicketId;
  /** Of the customer. */
  name: string;
  /** Oldest first; null when this desk does not have them. */
  files: readonly SharedFile[] | null;
}

/** "Archivos" (S2-47): what is being sent, then what was shared, the newest first. Files can be dropped on it. */
export function FilesPanel({ ticketId, name, files }: FilesPanelProps) {
  const { t } = useTranslation('files');
  const { uploads } = useDeskServices();
  const sending = useDeskState((state) => state.uploads)?.uploads.filter((each) => each.ticketId === ticketId) ?? [];
  const unsent = useDeskState(({ unsentFiles }) => unsentFiles).filter((each) => each.ticketId === ticketId);
  const queued = useDeskState(({ queuedFiles }) => queuedFiles).filter((each) => each.ticketId === ticketId);
  const { download, error, forgetError } = useDownload();
  const [isOver, setIsOver] = useState(false);
  const shared = files ?? [];
  const isEmpty = shared.length + sending.length + unsent.length + queued.length === 0;

  const handleDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(event.type === 'dragover');
  };
  const handleDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    uploads.send(ticketId, [...event.dataTransfer.files]);
  };

  return (
    <div
      className={classNames(styles.panel, isOver && styles.over)}
      onDragOver={handleDrag}
      onDragLeave={handleDrag}
      onDrop={handleDrop}
    >
      <ActError error={error} onClose={forgetError} />
      {isEmpty ? (
        <EmptyState title={t(files ? 'empty' : 'notHere')}>{t(files ? 'emptyDetail' : 'notHereDetail')}</EmptyState>
      ) : (
        <ul aria-label={t('list')} className={styles.list}>
          {unsent.map((file) => (
            <UnsentRow key={file.id} file={file} />
          ))}
          {sending.map((upload) => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
          {queued.map((file) => (
            <QueuedRow key={file.id} file={file} />
          ))}
          {shared.toReversed().map((file) => (
            <FileRow key={file.id} file={file} name={name} onDownload={() => void download(file)} />
          ))}
        </ul>
      )}
      <p className={styles.hint}>{isOver ? t('drop') : t('hint', { extensions: FILE_EXTENSIONS })}</p>
    </div>
  );
}
