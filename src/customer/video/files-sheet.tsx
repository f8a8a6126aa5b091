import { Download, FileText, FileUp, Paperclip, TriangleAlert, X } from 'lucide-react';
import { useRef } from 'react';
import { FILE_ACCEPT, FILE_EXTENSIONS } from '../../domain/files/file-kinds.ts';
import type { GuestFile } from '../../protocol/files/shared-file.ts';
import type { Formats } from '../../texts/create-formats.ts';
import { filled } from '../turn/turn-words.ts';
import { CallSheet } from './call-sheet.tsx';
import styles from './files-sheet.module.css';
import type { GuestUpload, GuestUploads } from './guest-uploads.ts';
import { PageButton } from './page-button.tsx';
import type { VideoWords } from './video-words.ts';

export interface FilesSheetProps {
  /** Oldest first. */
  files: readonly GuestFile[];
  uploads: readonly GuestUpload[];
  sender: GuestUploads;
  /** Of the agent. */
  name: string;
  words: VideoWords;
  formats: Formats;
  onClose: () => void;
}

/** Files of a call (S2-47): the newest first. One is fetched only when the guest asks for it, and saved, not shown. */
export function FilesSheet({ files, uploads, sender, name, words, formats, onClose }: FilesSheetProps) {
  const { guestFiles } = words;
  const field = useRef<HTMLInputElement>(null);
  return (
    <CallSheet
      title={guestFiles.heading}
      closeLabel={guestFiles.close}
      onClose={onClose}
      foot={
        <div className={styles.foot}>
          <PageButton form="filled" onPress={() => field.current?.click()}>
            <Paperclip size={20} strokeWidth={1.75} aria-hidden="true" /> {guestFiles.attach}
          </PageButton>
          <input
            ref={field}
            type="file"
            hidden
            multiple
            accept={FILE_ACCEPT}
            aria-label={guestFiles.attach}
            onChange={({ currentTarget }) => {
              sender.send([...(currentTarget.files ?? [])]);
              // The same file may be picked again.
              currentTarget.value = '';
            }}
          />
          <p className={styles.hint}>{filled(guestFiles.hint, { extensions: FILE_EXTENSIONS })}</p>
        </div>
      }
    >
      <ul aria-label={guestFiles.list} className={styles.list}>
        {files.length + uploads.length === 0 && <li className={styles.empty}>{guestFiles.empty}</li>}
        {uploads.map((upload) => (
          <Sending key={upload.key} upload={upload} words={words} formats={formats} onCancel={sender.cancel} />
        ))}
        {files.toReversed().map((file) => (
          <SharedFile key={file.id} file={file} name={name} words={words} formats={formats} />
        ))}
      </ul>
    </CallSheet>
  );
}

/** A file that is there, to be saved. */
export function SharedFile({
  file: { id, from, name: fileName, bytes, hasPreview, wasCleaned, sharedAt },
  name,
  words: { guestFiles },
  formats,
}: {
  file: GuestFile;
  name: string;
  words: VideoWords;
  formats: Formats;
}) {
  const facts = [from === 'guest' ? guestFiles.own : name, formats.hour(sharedAt), formats.fileSize(bytes)];
  if (wasCleaned) facts.push(guestFiles.cleaned);
  const address = `/v1/guest/files/${encodeURIComponent(id)}`;
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        {hasPreview ? (
          <img src={`${address}/preview`} alt={filled(guestFiles.preview, { name: fileName })} loading="lazy" />
        ) : (
          <FileText size={24} strokeWidth={1.5} aria-hidden="true" />
        )}
      </span>
      <span className={styles.words}>
        <bdi className={styles.name}>{fileName}</bdi>
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </span>
      <a
        className={styles.act}
        href={address}
        download={fileName}
        rel="noopener noreferrer"
        aria-label={filled(guestFiles.downloadOf, { name: fileName })}
      >
        <Download size={22} strokeWidth={1.75} aria-hidden="true" />
      </a>
    </li>
  );
}

function Sending({
  upload: { key, name, bytes, sent, state, waitsFor, problem, detail },
  words: { guestFiles },
  formats,
  onCancel,
}: {
  upload: GuestUpload;
  words: VideoWords;
  formats: Formats;
  onCancel: (key: string) => void;
}) {
  const isRefused = state === 'refused';
  const percent = bytes === 0 ? 0 : Math.floor((sent / bytes) * 100);
  return (
    <li className={styles.row}>
      <span className={styles.preview}>
        {isRefused ? (
          <TriangleAlert size={24} strokeWidth={1.5} aria-hidden="true" />
        ) : (
          <FileUp size={24} strokeWidth={1.5} aria-hidden="true" />
        )}
      </span>
      <span className={styles.words}>
        <bdi className={styles.name}>{name}</bdi>
        {isRefused ? (
          <span className={styles.reason} role="alert">
            {guestFiles.refused} {problem === 'said' || problem === null ? detail : guestFiles[problem]}
          </span>
        ) : (
          <>
            <span className={styles.facts}>
              {formats.fileSize(bytes)} ·{' '}
              {filled(state === 'waiting' ? guestFiles.waiting[waitsFor] : guestFiles[state], { percent })}
            </span>
            <progress className={styles.progress} max={bytes} value={sent} aria-label={name} />
          </>
        )}
      </span>
      <button
        type="button"
        className={styles.act}
        aria-label={filled(isRefused ? guestFiles.removeOf : guestFiles.cancelOf, { name })}
        onClick={() => onCancel(key)}
      >
        <X size={22} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </li>
  );
}
