import { useEffect, useRef } from 'react';

export interface VideoPictureProps {
  stream: MediaStream | null;
  /** What is seen, for who does not see it. */
  label: string;
  className: string | undefined;
  isMirrored?: boolean;
}

/** A moving picture, without its sound. */
export function VideoPicture({ stream, label, className, isMirrored = false }: VideoPictureProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={element}
      className={className}
      aria-label={label}
      autoPlay
      playsInline
      muted
      style={isMirrored ? { transform: 'scaleX(-1)' } : undefined}
    />
  );
}
