import { useEffect, useRef } from 'react';

/** What the other side says, out of the loudspeaker. */
export function Voice({ stream }: { stream: MediaStream | null }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = stream;
  }, [stream]);
  return <audio ref={element} autoPlay />;
}
