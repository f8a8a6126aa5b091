import { useId, type ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { classNames } from './class-names.ts';
import { StatusGlyph, type Status } from './status-glyph.tsx';
import styles from './tabs.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  /** Accessible name. */
  label: string;
  /** Shown after the label; a description, not part of the name. */
  count?: string | undefined;
  icon?: ReactNode;
  /** In the `status` variant: glyph and fill of the tab. */
  status?: Status;
  content: ReactNode;
}

export interface TabsProps<Id extends string> {
  /** Names the row of tabs. */
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  /** `line`: one row, the chosen one underlined. `status`: two by two, the chosen one filled with its status. */
  variant?: 'line' | 'status';
}

export function Tabs<Id extends string>({ label, items, selected, onSelect, variant = 'line' }: TabsProps<Id>) {
  const countId = useId();
  return (
    <AriaTabs className={styles.tabs ?? ''} selectedKey={selected} onSelectionChange={(key) => onSelect(key as Id)}>
      <TabList aria-label={label} className={classNames(variant === 'line' ? styles.line : styles.grid)}>
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className={classNames(
              variant === 'line' ? styles.lineTab : styles.statusTab,
              variant === 'status' && item.status && styles[item.status],
            )}
            // A tab is always a div here; the type also allows for links.
            render={(props) => (
              <div
                {...(props as React.JSX.IntrinsicElements['div'])}
                aria-describedby={item.count === undefined ? undefined : `${countId}-${item.id}`}
              />
            )}
          >
            {item.status && <StatusGlyph status={item.status} size={14} />}
            {item.icon}
            <span className={styles.label}>{item.label}</span>
            {item.count !== undefined && (
              <span id={`${countId}-${item.id}`} aria-hidden="true" className={styles.count}>
                {item.count}
              </span>
            )}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={styles.panel ?? ''}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
