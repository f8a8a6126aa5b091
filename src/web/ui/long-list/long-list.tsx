import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { classNames } from '../class-names.ts';
import styles from './long-list.module.css';

const OVERSCAN = 8;

export interface LongListProps {
  /** Accessible name. */
  label: string;
  /** All rows, mounted or not. */
  count: number;
  /** Px; a function is memoised by its owner, a new one measures all rows again. */
  rowHeight: number | ((index: number) => number);
  /** Lasting key of a row, undefined while its owner has not loaded it. */
  keyAt: (index: number) => string | undefined;
  /** Where a key stands now, -1 when it is gone or not known any more. */
  indexOf: (key: string) => number;
  /** What stands in the row; for a row that is not loaded, what stands in its place. In a grid, its cells. */
  renderRow: (index: number) => ReactNode;
  /** Rows wanted now, from inclusive, to exclusive. Called again whenever they change. */
  onWindow?: ((from: number, to: number) => void) | undefined;
  /** The row shown elsewhere on screen. */
  currentKey?: string | null | undefined;
  /** Enter, Space or a press on a row. */
  onOpen?: ((key: string) => void) | undefined;
  /** Any other key on a row, before the list looks at it; `preventDefault` keeps it from the list. */
  onRowKeyDown?: ((event: KeyboardEvent, key: string) => void) | undefined;
  /** `grid`: rows of `gridcell`s under a `header`, which is a `row` of `columnheader`s. */
  role?: 'list' | 'grid';
  header?: ReactNode;
  /** Px of the header, which stays in view above the rows. */
  headerHeight?: number;
  /** Shown while there are no rows. */
  empty?: ReactNode;
}

/** A list of any length of which only the rows in view are mounted. One row at a time is the keyboard's place. */
export function LongList({
  label,
  count,
  rowHeight,
  keyAt,
  indexOf,
  renderRow,
  onWindow,
  currentKey = null,
  onOpen,
  onRowKeyDown,
  role = 'list',
  header,
  headerHeight = 0,
  empty,
}: LongListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const hadFocus = useRef(false);
  const [active, setActive] = useState<{ key: string | undefined; index: number }>({ key: undefined, index: 0 });

  const [isMounted, setIsMounted] = useState(false);
  useEffect(() => setIsMounted(true), []);

  // The keyboard's place follows its row when the order changes; when the row is gone the place stays where it was.
  const found = active.key === undefined ? -1 : indexOf(active.key);
  const activeIndex = Math.min(found >= 0 ? found : active.index, Math.max(0, count - 1));

  // The virtualizer measures all rows again when this function changes, which is when `rowHeight` does.
  const getItemKey = useCallback((index: number) => (rowHeight ? index : -1), [rowHeight]);

  const virtualizer = useVirtualizer({
    count,
    getItemKey,
    getScrollElement: () => scroller.current,
    estimateSize: typeof rowHeight === 'number' ? () => rowHeight : rowHeight,
    overscan: OVERSCAN,
    // Rows are drawn in the frame of the scroll; not while mounting, where React is still committing.
    useFlushSync: isMounted,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    // The row with the focus stays mounted wherever the view is, so that focus is not lost by scrolling.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (count === 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].toSorted((a, b) => a - b);
    },
  });

  // Before its range is read: it is this that brings the range up to date.
  const items = virtualizer.getVirtualItems();
  const view = virtualizer.range;
  const from = view ? Math.max(0, view.startIndex - OVERSCAN) : 0;
  const to = view ? Math.min(count, view.endIndex + 1 + OVERSCAN) : 0;
  useEffect(() => {
    if (to > from) onWindow?.(from, to);
  }, [onWindow, from, to]);

  useLayoutEffect(() => {
    if (wantsFocus.current) {
      wantsFocus.current = false;
      rowElement(scroller.current, activeIndex)?.focus({ preventScroll: true });
    } else if (hadFocus.current && document.activeElement === document.body) {
      // The focused row left the list: the keyboard stays in it.
      scroller.current?.focus({ preventScroll: true });
    }
  });

  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(count - 1, index));
    wantsFocus.current = true;
    setActive({ key: keyAt(next), index: next });
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };

  const handleKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    if (count === 0 || target.closest('input, textarea, select, [aria-haspopup], [role=combobox]')) return;
    const isOnRow = target === scroller.current || target.dataset.index !== undefined;
    const key = keyAt(activeIndex);
    if (isOnRow && key !== undefined) onRowKeyDown?.(event, key);
    if (event.defaultPrevented) return;
    const page = Math.max(1, (view ? view.endIndex - view.startIndex : 1) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveTo(activeIndex + step);
    } else if (isOnRow && key !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      onOpen?.(key);
    }
  };

  const handleClick = (event: MouseEvent<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1);
    const key = index < 0 ? undefined : keyAt(index);
    if (key === undefined || target.closest('button, a, input')) return;
    setActive({ key, index });
    onOpen?.(key);
  };

  const isGrid = role === 'grid';
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is list or grid */}
      <div
        ref={scroller}
        role={role}
        aria-label={label}
        aria-rowcount={isGrid ? count + (header === undefined ? 0 : 1) : undefined}
        tabIndex={-1}
        className={classNames(styles.scroller, count === 0 && styles.none)}
        onKeyDown={handleKeyDown}
        onClick={handleClick}
        onFocus={(event) => {
          hadFocus.current = true;
          const index = event.target.closest<HTMLElement>('[data-index]')?.dataset.index;
          if (index !== undefined && Number(index) !== activeIndex) {
            setActive({ key: keyAt(Number(index)), index: Number(index) });
          }
        }}
        onBlur={() => {
          hadFocus.current = false;
        }}
      >
        {header !== undefined && <div className={styles.header}>{header}</div>}
        <div role="presentation" className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start, size }) => {
            const key = keyAt(index);
            const isCurrent = key !== undefined && key === currentKey;
            return (
              <div
                key={key ?? `unloaded ${index}`}
                data-index={index}
                role={isGrid ? 'row' : 'listitem'}
                tabIndex={index === activeIndex ? 0 : -1}
                aria-posinset={isGrid ? undefined : index + 1}
                aria-setsize={isGrid ? undefined : count}
                aria-rowindex={isGrid ? index + (header === undefined ? 1 : 2) : undefined}
                aria-selected={isGrid ? isCurrent : undefined}
                aria-current={!isGrid && isCurrent ? true : undefined}
                aria-busy={key === undefined ? true : undefined}
                className={classNames(styles.row, isCurrent && styles.current)}
                style={{ height: size, transform: `translateY(${start - headerHeight}px)` }}
              >
                {renderRow(index)}
              </div>
            );
          })}
        </div>
      </div>
      {count === 0 && empty}
    </>
  );
}

function rowElement(scroller: HTMLElement | null, index: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
}
