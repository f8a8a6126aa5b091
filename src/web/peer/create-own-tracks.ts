import { MediaSource } from '../../protocol/video/signal.ts';
import type { SentSources } from '../../protocol/video/signal.ts';
import type { LinkTracks } from './create-peer-link.ts';

export type OwnTracks = {
  readonly tracks: Readonly<LinkTracks>;
  isOn: () => Record<MediaSource, boolean>;
  /** An ended track is none. */
  set: (source: MediaSource, track: MediaStreamTrack | null) => void;
  setOn: (source: MediaSource, isOn: boolean) => void;
  /** In the words of the wire, under the ids of the connection that carries them. */
  told: (streamId: (source: MediaSource) => string, isSaving: boolean) => SentSources;
  close: () => void;
};

/** The tracks that a call sends; they stay their owner's and are never stopped here. */
export function createOwnTracks(
  onTrack: (source: MediaSource, track: MediaStreamTrack | null) => void,
  onChange: () => void,
): OwnTracks {
  const tracks: LinkTracks = { camera: null, microphone: null, screen: null };
  let version = 0;

  function ended(this: MediaStreamTrack): void {
    for (const source of MediaSource.options) if (tracks[source] === this) set(source, null);
  }

  function listen(track: MediaStreamTrack | null, isOn: boolean): void {
    const change = isOn ? 'addEventListener' : 'removeEventListener';
    track?.[change]('ended', ended);
    track?.[change]('mute', onChange);
    track?.[change]('unmute', onChange);
  }

  function set(source: MediaSource, given: MediaStreamTrack | null): void {
    const track = given?.readyState === 'live' ? given : null;
    if (tracks[source] === track) return;
    listen(tracks[source], false);
    tracks[source] = track;
    listen(track, true);
    onTrack(source, track);
    onChange();
  }

  // `muted` is what the system does to a track, `enabled` what the person does.
  const isOn = (source: MediaSource): boolean => tracks[source]?.enabled === true && !tracks[source].muted;

  return {
    tracks,
    isOn: () => ({ camera: isOn('camera'), microphone: isOn('microphone'), screen: isOn('screen') }),
    set,
    setOn: (source, next) => {
      const track = tracks[source];
      if (track === null) return;
      track.enabled = next;
      onChange();
    },
    told: (streamId, isSaving) => {
      version += 1;
      const sent = (source: MediaSource): SentSources['camera'] => {
        if (tracks[source] === null) return null;
        return { stream: streamId(source), isOn: isOn(source) && !(source === 'camera' && isSaving) };
      };
      return { version, camera: sent('camera'), microphone: sent('microphone'), screen: sent('screen'), isSaving };
    },
    close: () => {
      for (const source of MediaSource.options) listen(tracks[source], false);
    },
  };
}
