import { useTranslation } from 'react-i18next';
import type { SharedFile } from '../../../protocol/files/shared-file.ts';
import { useDesk, useDeskServices } from '../../start/desk-context.ts';
import { useCall } from '../../start/use-call.ts';

/** "Descargar": the agent's own act. The file lies in the folder of downloads then, and nothing opens it. */
export function useDownload() {
  const { t } = useTranslation('files');
  const desk = useDesk();
  const { toasts } = useDeskServices();
  const { run, ...rest } = useCall('files.download');

  const download = async ({ id, name }: Pick<SharedFile, 'id' | 'name'>): Promise<void> => {
    const done = await run({ fileId: id });
    if (done?.type === 'address') return press(done.address, name);
    if (done?.type !== 'saved') return;
    const { savedId } = done;
    toasts.show({
      message: t('saved', { name: done.name }),
      action: { label: t('show'), onPress: () => void desk.call('files.show', { savedId }).catch(() => undefined) },
    });
  };
  return { ...rest, download };
}

function press(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.rel = 'noopener noreferrer';
  link.click();
}
