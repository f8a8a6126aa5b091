import { useEffect, useRef, useState } from 'react';

export interface MediaViewProps {
  stream: MediaStream | null;
  className?: string | undefined;
  /** What is to be seen; empty for an own picture that is named elsewhere. */
  label: string;
  /** No sound comes of it: an own picture, or one whose sound is another stream. */
  isSilent?: boolean;
  /** Its first frame was drawn. */
  onDrawn?: (() => void) | undefined;
}

/** A stream that moves. */
export function MediaView({ stream, className, label, isSilent = true, onDrawn }: MediaViewProps) {
  const view = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (view.current) view.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    const element = view.current;
    if (!element || !onDrawn || !('requestVideoFrameCallback' in element)) return;
    const asked = element.requestVideoFrameCallback(onDrawn);
    return () => element.cancelVideoFrameCallback(asked);
  }, [stream, onDrawn]);
  return <video ref={view} className={className} aria-label={label} muted={isSilent} autoPlay playsInline />;
}

/** A stream of the own tracks, the same one while the track is the same. */
export function useOwnStream(track: MediaStreamTrack | null): MediaStream | null {
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => setStream(track === null ? null : new MediaStream([track])), [track]);
  return stream;
}
