import styles from './gallery.module.css';
import { Group } from './group.tsx';

const COLORS =
  'frame background sunken surface line line-strong text text-2 text-3 accent accent-soft focus waiting waiting-soft calling calling-soft attending attending-soft paused paused-soft out-of-hours out-of-hours-soft neutral danger'.split(
    ' ',
  );

export function Palette() {
  return (
    <>
      <div className={styles.two}>
        <Group title="Color">
          <div className={styles.colors}>
            {COLORS.map((color) => (
              <span key={color}>
                <i style={{ background: `var(--color-${color})` }} />
                {color}
              </span>
            ))}
          </div>
        </Group>
      </div>
      <Group title="Tipo: IBM Plex Sans Variable, ancho 92 %">
        <p style={{ font: 'var(--text-24)' }}>24/30 Nombre llamado</p>
        <p style={{ font: 'var(--text-16)', fontWeight: 600 }}>16/22 Título de diálogo</p>
        <p>14/20 Texto y controles, 0O 1Il 5S 8B</p>
        <p style={{ font: 'var(--text-13)' }}>13/18 Segunda línea y tablas</p>
        <p style={{ font: 'var(--text-12)' }}>12/16 Mínimo: etiquetas, hora, atajos</p>
      </Group>
    </>
  );
}
