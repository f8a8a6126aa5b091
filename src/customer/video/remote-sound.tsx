import { useEffect, useRef, useState, type ReactNode } from 'react';

export interface RemoteSoundProps {
  stream: MediaStream | null;
  /** Empty for the browser's own choice. */
  speakerId: string;
  /** The button that is shown where the browser wants a touch before it sounds. */
  unblock: (press: () => void) => ReactNode;
}

/** The other side's voice, whether or not there is a picture. */
export function RemoteSound({ stream, speakerId, unblock }: RemoteSoundProps) {
  const sound = useRef<HTMLAudioElement>(null);
  const [isBlocked, setIsBlocked] = useState(false);

  const play = async (): Promise<void> => {
    try {
      await sound.current?.play();
      setIsBlocked(false);
    } catch (error) {
      // Another stream in the meantime interrupts as well; only a browser that wants a touch is to be told of.
      if (error instanceof Error && error.name === 'NotAllowedError') setIsBlocked(true);
    }
  };

  useEffect(() => {
    if (!sound.current) return;
    sound.current.srcObject = stream;
    if (stream !== null) void play();
  }, [stream]);

  useEffect(() => {
    const element = sound.current;
    // A speaker that is gone: the browser's own goes on.
    if (element && 'setSinkId' in element) element.setSinkId(speakerId).catch(() => undefined);
  }, [speakerId]);

  return (
    <>
      <audio ref={sound} />
      {isBlocked && unblock(() => void play())}
    </>
  );
}
