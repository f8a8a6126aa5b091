import type { ScreenKind } from '../../../protocol/video/call-report.ts';

/** As browsers call what is captured. */
const kinds: Partial<Record<string, ScreenKind>> = { window: 'window', monitor: 'screen', browser: 'tab' };

/** What of this machine is captured. */
export const screenKindOf = (screen: MediaStreamTrack): ScreenKind =>
  kinds[screen.getSettings().displaySurface ?? ''] ?? 'unknown';
