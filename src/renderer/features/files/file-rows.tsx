import { Download, FileUp, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UploadItem } from '../../../bridge/facts.ts';
import type { SharedFile } from '../../../protocol/files/shared-file.ts';
import { Chip } from '../../../web/ui/chip.tsx';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { useDesk, useDeskServices, useNow } from '../../start/desk-context.ts';
import { useErrorWords } from '../../start/use-error-words.ts';
import { useFormats } from '../../start/use-formats.ts';
import type { QueuedFile, UnsentFile } from '../../stores/uploads-slice.ts';
import { useShownWords } from '../masking/use-shown-words.ts';
import { useLineReason } from '../ticket/use-line-reason.ts';
import { FilePreview } from './file-preview.tsx';
import styles from './files-panel.module.css';

export interface FileRowProps {
  file: SharedFile;
  /** Of the customer. */
  name: string;
  onDownload: () => void;
}

export function FileRow({ file, name, onDownload }: FileRowProps) {
  const { t } = useTranslation('files');
  const formats = useFormats();
  const now = useNow();
  const needsLine = useLineReason();
  const fileName = useShownWords()(file.name);
  const facts = [file.agentName ?? name, formats.when(file.sharedAt, now), formats.fileSize(file.bytes)];
  if (file.wasCleaned) facts.push(t('cleaned'));
  return (
    <li className={styles.row}>
      <FilePreview file={file} />
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{fileName}</bdi>
          {file.from === 'guest' && <Chip>{t('external')}</Chip>}
        </span>
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
      <IconButton
        label={t('downloadOf', { name: fileName })}
        variant="outlined"
        unavailable={needsLine}
        onPress={onDownload}
      >
        <Download size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

export function UploadRow({ upload: { id, name: whole, bytes, sent, state } }: { upload: UploadItem }) {
  const name = useShownWords()(whole);
  const { t } = useTranslation('files');
  const desk = useDesk();
  const formats = useFormats();
  const errorWords = useErrorWords();
  const isRefused = state.name === 'refused';
  const percent = Math.floor((sent / bytes) * 100);
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        {isRefused ? <TriangleAlert size={18} aria-hidden /> : <FileUp size={18} aria-hidden />}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{name}</bdi>
        </span>
        {isRefused ? (
          <span className={styles.reason} role="alert">
            <strong>{t('notSent')}</strong> {errorWords(state.error)}
          </span>
        ) : (
          <span className={styles.facts}>
            {formats.fileSize(bytes)} · {t(state.name, { percent })}
          </span>
        )}
        {!isRefused && <progress className={styles.progress} max={bytes} value={sent} aria-label={name} />}
      </span>
      <IconButton
        label={t(isRefused ? 'removeOf' : 'cancelOf', { name })}
        variant="outlined"
        onPress={() => void desk.call('files.cancel', { uploadId: id }).catch(() => undefined)}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

export function UnsentRow({ file: { id, name: whole, error } }: { file: UnsentFile }) {
  const name = useShownWords()(whole);
  const { t } = useTranslation('files');
  const { store } = useDeskServices();
  const errorWords = useErrorWords();
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        <TriangleAlert size={18} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{name}</bdi>
        </span>
        <span className={styles.reason} role="alert">
          <strong>{t('notSent')}</strong> {error === null ? t('unread') : errorWords(error)}
        </span>
      </span>
      <IconButton label={t('removeOf', { name })} variant="outlined" onPress={() => store.getState().unsentSeen(id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}

export function QueuedRow({ file: { id, name: whole, bytes } }: { file: QueuedFile }) {
  const name = useShownWords()(whole);
  const { t } = useTranslation('files');
  const { store } = useDeskServices();
  const formats = useFormats();
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        <FileUp size={18} aria-hidden />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi>{name}</bdi>
        </span>
        <span className={styles.facts}>
          {formats.fileSize(bytes)} · {t('queued')}
        </span>
      </span>
      <IconButton label={t('cancelOf', { name })} variant="outlined" onPress={() => store.getState().queuedGone(id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
