import { useId, type ReactNode } from 'react';
import { Check, ChevronDown, CircleAlert } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect } from 'react-aria-components/Select';
import { classNames } from './class-names.ts';
import field from './field.module.css';
import { Kbd } from './kbd.tsx';
import popup from './popup.module.css';
import styles from './select.module.css';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** After the label, part of the option's name: "Ocupado, Luis Paredes". */
  detail?: string | undefined;
  glyph?: ReactNode;
  shortcut?: string | undefined;
  isDisabled?: boolean;
}

export interface SelectProps<Value extends string> {
  /** Accessible name of the combobox. */
  label: string;
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** `field`: label above a box. `bar`: label over the value inside one box, on the ink frame. */
  variant?: 'field' | 'bar';
  placeholder?: string;
  /** Stands before the value instead of the chosen option's own glyph. */
  glyph?: ReactNode;
  /** A running time after the value; no part of name or value. */
  figure?: string | undefined;
  requirement?: string | undefined;
  error?: string | undefined;
  /** A line under the options. */
  foot?: string | undefined;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

/** A combobox that only chooses: its name is the label alone, its value the chosen option. */
export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  variant = 'field',
  placeholder,
  glyph,
  figure,
  requirement,
  error,
  foot,
  isDisabled = false,
  autoFocus = false,
}: SelectProps<Value>) {
  const labelId = useId();
  const requirementId = useId();
  const errorId = useId();
  const chosen = options.find((option) => option.value === value);
  const notes = [requirement !== undefined && requirementId, error !== undefined && errorId].filter(Boolean).join(' ');
  const labelText = (
    <span id={labelId} className={variant === 'bar' ? styles.barLabel : undefined}>
      {label}
    </span>
  );
  return (
    <AriaSelect
      aria-labelledby={labelId}
      value={value}
      onChange={(key) => {
        if (key !== null) onChange(key as Value);
      }}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      autoFocus={autoFocus}
      className={classNames(variant === 'bar' ? styles.bar : field.field)}
    >
      {variant === 'bar' ? (
        labelText
      ) : (
        <div className={field.labelLine}>
          {labelText}
          {requirement !== undefined && (
            <span id={requirementId} className={field.requirement}>
              {`(${requirement})`}
            </span>
          )}
        </div>
      )}
      <Button
        className={classNames(variant === 'bar' ? styles.barBox : styles.box, error !== undefined && styles.invalid)}
        render={(props) => (
          <button
            {...props}
            type="button"
            role="combobox"
            aria-expanded={props['aria-expanded']}
            aria-controls={props['aria-controls']}
            aria-labelledby={labelId}
            aria-invalid={error === undefined ? undefined : true}
            aria-describedby={notes === '' ? undefined : notes}
          />
        )}
      >
        {(glyph ?? chosen?.glyph) !== undefined && (
          <span className={styles.glyph} aria-hidden="true">
            {glyph ?? chosen?.glyph}
          </span>
        )}
        <span className={classNames(styles.value, chosen === undefined && styles.placeholder)}>
          {chosen?.label ?? placeholder}
        </span>
        {figure !== undefined && (
          <span className={styles.figure} aria-hidden="true">
            {figure}
          </span>
        )}
        <ChevronDown size={16} aria-hidden />
      </Button>
      {error !== undefined && (
        <span id={errorId} className={field.error}>
          <CircleAlert size={14} aria-hidden />
          {error}
        </span>
      )}
      <Popover className={popup.popup ?? ''} offset={4}>
        <ListBox className={popup.list ?? ''} items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem textValue={option.label} className={popup.item ?? ''} isDisabled={option.isDisabled ?? false}>
              {({ isSelected }) => (
                <>
                  {option.glyph !== undefined && (
                    <span aria-hidden="true" className={popup.icon}>
                      {option.glyph}
                    </span>
                  )}
                  <span className={popup.words}>
                    {`${option.label} `}
                    {option.detail !== undefined && <span className={popup.detail}>{`· ${option.detail}`}</span>}
                  </span>
                  {isSelected ? (
                    <Check size={16} aria-hidden className={popup.check} />
                  ) : (
                    option.shortcut !== undefined && <Kbd shortcut={option.shortcut} />
                  )}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
        {foot !== undefined && <div className={popup.foot}>{foot}</div>}
      </Popover>
    </AriaSelect>
  );
}
