import { FileText, Image } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedFile } from '../../../protocol/files/shared-file.ts';
import { useDesk } from '../../start/desk-context.ts';
import { useShownWords } from '../masking/use-shown-words.ts';
import styles from './files-panel.module.css';

/** The server's own small picture of a picture; of anything else, and until it is there, a sign. */
export function FilePreview({ file: { id, name, hasPreview } }: { file: SharedFile }) {
  const { t } = useTranslation('files');
  const desk = useDesk();
  const shown = useShownWords();
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!hasPreview) return;
    let isShown = true;
    desk.call('files.preview', { fileId: id }).then(
      ({ kind, data }) => isShown && setAddress(`data:${kind};base64,${data}`),
      // Without it the sign stays.
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [desk, id, hasPreview]);
  const Sign = hasPreview ? Image : FileText;
  return (
    <span className={styles.preview}>
      {address === null ? (
        <Sign size={18} aria-hidden />
      ) : (
        <img src={address} alt={t('preview', { name: shown(name) })} />
      )}
    </span>
  );
}
