import { useEffect, useState } from 'react';
import styles from './level-meter.module.css';
import { listenToLevel } from './microphone-level.ts';

const BARS = 12;
const READ_MS = 100;

/** How loud the microphone hears; a picture only, since it changes too often to be read aloud. */
export function LevelMeter({ track, label }: { track: MediaStreamTrack; label: string }) {
  const [lit, setLit] = useState(0);
  useEffect(() => {
    const level = listenToLevel(track);
    const timer = setInterval(() => setLit(Math.round(level.read() * BARS)), READ_MS);
    return () => {
      clearInterval(timer);
      level.close();
    };
  }, [track]);
  return (
    <div className={styles.meter} role="img" aria-label={label}>
      {Array.from({ length: BARS }, (_, place) => (
        <span key={place} className={styles.bar} data-lit={place < lit || undefined} />
      ))}
    </div>
  );
}
