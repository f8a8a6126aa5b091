import { useTranslation } from 'react-i18next';
import { Button } from '../../../web/ui/button.tsx';
import { Dialog } from '../../../web/ui/dialog.tsx';

export interface ChangeTemplateDialogProps {
  /** What the agent wrote, and would lose. */
  text: string;
  onKeep: () => void;
  onChange: () => void;
}

export function ChangeTemplateDialog({ text, onKeep, onChange }: ChangeTemplateDialogProps) {
  const { t } = useTranslation('terms');
  return (
    <Dialog
      isOpen
      onClose={onKeep}
      title={t('change.title')}
      footer={
        <>
          <Button autoFocus onPress={onKeep}>
            {t('change.keep')}
          </Button>
          <Button variant="danger" onPress={onChange}>
            {t('change.submit')}
          </Button>
        </>
      }
    >
      <p>{t('change.detail')}</p>
      <blockquote>{text}</blockquote>
    </Dialog>
  );
}
