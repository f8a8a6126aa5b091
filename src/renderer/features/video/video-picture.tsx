import { useEffect, useRef } from 'react';

export interface VideoPictureProps {
  stream: MediaStream | null;
  /** What is seen, for who does not see it. */
  label: string;
  className: string | undefined;
  isMirrored?: boolean;
  /** The one that the browser may show in a small window of its own. */
  canFloat?: boolean;
}

/** A moving picture, without its sound. */
export function VideoPicture({ stream, label, className, isMirrored = false, canFloat = false }: VideoPictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={element}
      className={className}
      aria-label={label}
      data-floats={canFloat || undefined}
      autoPlay
      playsInline
      muted
      style={isMirrored ? { transform: 'scaleX(-1)' } : undefined}
    />
  );
}
