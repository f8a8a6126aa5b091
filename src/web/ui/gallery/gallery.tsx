import { Controls } from './controls.tsx';
import styles from './gallery.module.css';
import { Lists } from './lists.tsx';
import { Notices } from './notices.tsx';
import { Palette } from './palette.tsx';

/** Every component at once, for our own eyes; built by hand, never shipped. */
export function Gallery() {
  return (
    <main className={styles.page}>
      <h1 className={styles.hidden}>Componentes</h1>
      <Controls />
      <Notices />
      <Lists />
      <Palette />
    </main>
  );
}
