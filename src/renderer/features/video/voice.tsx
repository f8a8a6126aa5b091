import { useEffect, useRef } from 'react';
import { useSpeaker } from '../../../web/ui/use-speaker.ts';

/** What the other side says, out of the chosen speaker. */
export function Voice({ stream, speakerId }: { stream: MediaStream | null; speakerId: string }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (element.current) element.current.srcObject = stream;
  }, [stream]);
  useSpeaker(element, speakerId);
  return <audio ref={element} autoPlay />;
}
