import { Coffee, FilePenLine, Utensils } from 'lucide-react';
import type { AgentState } from '../../protocol/agent-status.ts';
import styles from './status-glyph.module.css';
import { StatusGlyph } from './status-glyph.tsx';

export interface AgentStateGlyphProps {
  state: AgentState;
}

/** The silhouette of an agent's state; its word always stands beside it. */
export function AgentStateGlyph({ state }: AgentStateGlyphProps) {
  switch (state) {
    case 'online':
      return <StatusGlyph status="online" size={14} />;
    case 'offline':
      return <StatusGlyph status="offline" size={14} />;
    case 'resting':
      return <Coffee size={16} aria-hidden className={styles.paused} />;
    case 'lunch':
      return <Utensils size={16} aria-hidden className={styles.paused} />;
    case 'documenting':
      return <FilePenLine size={16} aria-hidden className={styles.offline} />;
  }
}
