import type { DesktopCapturer, DesktopCapturerSource, Session } from 'electron';
import type { ScreenSource } from '../../../bridge/screen-source.ts';
import type { ScreenHost } from '../screen-host.ts';
import { APP_ORIGIN } from './app-address.ts';

interface Options {
  capturer: Pick<DesktopCapturer, 'getSources'>;
  session: Pick<Session, 'setDisplayMediaRequestHandler'>;
  /** Monotonic milliseconds. */
  now: () => number;
}

type Chosen = { id: string; name: string; until: number };

const PICTURE = { width: 320, height: 180 };
const QUALITY = 70;
const MOST = 60;
/** Between the agent's choice and the page's asking. */
const SOON_MS = 10_000;

/**
 * Windows and screens of this machine. Nothing is ever captured but what the agent has just chosen, for our own page, one choice
 * for one capture (trust T25).
 */
export function createElectronScreens({ capturer, session, now }: Options): ScreenHost {
  let offered = new Map<string, string>();
  let chosen: Chosen | null = null;

  session.setDisplayMediaRequestHandler(({ frame, securityOrigin, videoRequested }, answer) => {
    const given = chosen;
    chosen = null;
    const isOurs = frame?.parent === null && `${securityOrigin}/`.startsWith(`${APP_ORIGIN}/`);
    if (given === null || given.until < now() || !isOurs || !videoRequested) return answer(null);
    answer({ video: { id: given.id, name: given.name } });
  });

  return {
    sources: async () => {
      const types: ('window' | 'screen')[] = ['window', 'screen'];
      const found = await capturer.getSources({ types, thumbnailSize: PICTURE });
      const sources = found
        .slice(0, MOST)
        .map(sourceOf)
        .toSorted((one, other) => rank(one) - rank(other));
      offered = new Map(sources.map(({ id, name }) => [id, name]));
      return sources;
    },
    choose: (id) => {
      const name = offered.get(id);
      chosen = name === undefined ? null : { id, name, until: now() + SOON_MS };
    },
  };
}

/** Windows before screens, our own last: sharing one window is what is suggested (trust T32). */
const rank = ({ kind, isOwn }: ScreenSource): number => (isOwn ? 2 : kind === 'window' ? 0 : 1);

function sourceOf({ id, name, thumbnail }: DesktopCapturerSource): ScreenSource {
  return {
    id,
    kind: id.startsWith('window:') ? 'window' : 'screen',
    name,
    // `window:<handle>:1` is a window of this very process.
    isOwn: /^window:.*:1$/.test(id),
    picture: thumbnail.isEmpty() ? null : `data:image/jpeg;base64,${thumbnail.toJPEG(QUALITY).toString('base64')}`,
  };
}
