import { useEffect, useRef, useState } from 'react';
import { useSpeaker } from '../../web/ui/use-speaker.ts';
import { PageButton } from './page-button.tsx';

export interface RemoteSoundProps {
  stream: MediaStream | null;
  /** It plays already, and is not to be heard yet. */
  isMuted?: boolean;
  /** Empty for the browser's own choice. */
  speakerId: string;
  /** Of the button that is there where the browser wants a touch before it sounds. */
  label: string;
}

/** The other side's voice, whether or not there is a picture. */
export function RemoteSound({ stream, isMuted = false, speakerId, label }: RemoteSoundProps) {
  const sound = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);

  const play = async (element: HTMLAudioElement | null): Promise<void> => {
    try {
      await element?.play();
      setIsBlocked(false);
    } catch (error) {
      // Another stream in the meantime interrupts as well; only a browser that wants a touch is to be told of.
      if (error instanceof Error && error.name === 'NotAllowedError') setIsBlocked(true);
    }
  };

  useEffect(() => {
    const element = sound.current;
    if (!element) return;
    element.srcObject = stream;
    if (stream !== null) void play(element);
  }, [stream]);

  useSpeaker(sound, speakerId);

  return (
    <>
      <audio ref={sound} muted={isMuted} />
      {isBlocked && (
        <PageButton form="filled" onPress={() => void play(sound.current)}>
          {label}
        </PageButton>
      )}
    </>
  );
}
