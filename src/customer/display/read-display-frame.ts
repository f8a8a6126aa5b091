import type { DisplayState } from '../../protocol/http/public-api.ts';
import { PublicDown } from '../../protocol/socket/down.ts';
import type { LiveFrame } from '../live/live-view.ts';

export function readDisplayFrame(json: unknown): LiveFrame<DisplayState> | null {
  const { data: frame } = PublicDown.safeParse(json);
  switch (frame?.type) {
    case 'display':
      return { type: 'state', state: frame.state, serverTime: frame.state.serverTime };
    case 'pong':
      return frame;
    case 'error':
      return { type: 'error', code: frame.error.code, retryable: frame.error.retryable };
    default:
      return null;
  }
}
