import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maskIdentifier, type IdentifierKind } from '../../../domain/masking/mask-identifier.ts';
import { IconButton } from '../../../web/ui/icon-button.tsx';
import { TextField, type TextFieldProps } from '../../../web/ui/text-field.tsx';
import { useIsShared } from './use-is-shared.ts';

export interface MaskedFieldProps extends TextFieldProps {
  kind: IdentifierKind;
  value: string;
}

/** A field with an identifier; while a screen is shared it is masked until its own eye is pressed (trust T32). */
export function MaskedField({ kind, ...field }: MaskedFieldProps) {
  return useIsShared() ? <Shared kind={kind} {...field} /> : <TextField {...field} />;
}

/** What is written anew is in view of whoever writes it: only a field that was full begins masked. */
function Shared({ kind, value, isReadOnly = false, trailing, ...field }: MaskedFieldProps) {
  const { t } = useTranslation('videoCall');
  const [isShown, setIsShown] = useState(value === '');
  const eye = (
    <>
      {trailing}
      {value !== '' && (
        <IconButton
          label={t(isShown ? 'masking.hideOf' : 'masking.showOf', { field: field.label })}
          onPress={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </IconButton>
      )}
    </>
  );
  return (
    <TextField
      {...field}
      // A masked value must never be saved as the value.
      isReadOnly={isReadOnly || !isShown}
      value={isShown ? value : maskIdentifier(kind, value)}
      trailing={eye}
    />
  );
}
