import { useEffect, useRef } from 'react';
import { listenToLevel } from '../peer/listen-to-level.ts';
import styles from './level-meter.module.css';

/** Of its height, what the bar loses from one picture to the next: a voice is seen between its syllables. */
const FALLS = 0.92;
/** To whoever asks for the value it is told in steps of ten per cent. */
const STEP = 10;

/** How loud a microphone hears. Drawn with every picture of the screen, beside React, for it changes too often for it. */
export function LevelMeter({ track, label }: { track: MediaStreamTrack; label: string }) {
  const meter = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const level = listenToLevel(track);
    let shown = 0;
    let told = -1;
    let frame = requestAnimationFrame(draw);
    function draw(): void {
      frame = requestAnimationFrame(draw);
      const element = meter.current;
      if (!element) return;
      shown = Math.max(level.read(), shown * FALLS);
      element.style.setProperty('--level', shown.toFixed(3));
      const percent = Math.round((shown * 100) / STEP) * STEP;
      if (percent === told) return;
      told = percent;
      element.ariaValueNow = String(percent);
    }
    return () => {
      cancelAnimationFrame(frame);
      level.close();
    };
  }, [track]);
  return (
    <div
      ref={meter}
      className={styles.meter}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    />
  );
}
