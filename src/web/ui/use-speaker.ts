import { useEffect, type RefObject } from 'react';

/** Lets an element sound out of a speaker; empty for the machine's own choice, which goes on where one is gone. */
export function useSpeaker(sound: RefObject<HTMLMediaElement | null>, speakerId: string): void {
  useEffect(() => {
    const element = sound.current;
    if (element && 'setSinkId' in element) element.setSinkId(speakerId).catch(() => undefined);
  }, [sound, speakerId]);
}
