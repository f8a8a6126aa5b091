import type { ReactElement, ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import popup from './popup.module.css';

export interface MenuEntry<Id extends string> {
  id: Id;
  label: string;
  icon?: ReactNode;
  shortcut?: string | undefined;
  isDanger?: boolean;
  /** Why it cannot be chosen now; shown after the label. */
  unavailable?: string | undefined;
}

export interface MenuButtonProps<Id extends string> {
  /** A `Button` or `IconButton`; its name names the menu. */
  trigger: ReactElement;
  entries: readonly MenuEntry<Id>[];
  onAction: (id: Id) => void;
  /** Above the entries: who is signed in. */
  head?: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start';
}

export function MenuButton<Id extends string>({
  trigger,
  entries,
  onAction,
  head,
  placement = 'bottom start',
}: MenuButtonProps<Id>) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={popup.popup ?? ''} placement={placement} offset={4}>
        {head !== undefined && <div className={popup.head}>{head}</div>}
        <Menu className={popup.list ?? ''} onAction={(key) => onAction(key as Id)}>
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.unavailable !== undefined}
              className={classNames(popup.item, entry.isDanger && popup.danger)}
            >
              {entry.icon !== undefined && (
                <span aria-hidden="true" className={popup.icon}>
                  {entry.icon}
                </span>
              )}
              <span className={popup.words}>
                {`${entry.label} `}
                {entry.unavailable !== undefined && <span className={popup.detail}>{`· ${entry.unavailable}`}</span>}
              </span>
              {entry.shortcut !== undefined && <Kbd shortcut={entry.shortcut} />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
