import { useEffect, useRef, useState } from 'react';
import type { VoiceClip } from './voice-clip.ts';

const speeds = [1, 1.5, 2] as const;
const stepMs = 1000;

/** Of all the clips of a page one plays at a time. */
let playing: HTMLAudioElement | undefined;

export interface Player {
  readonly isPlaying: boolean;
  readonly positionMs: number;
  readonly speed: number;
  /** Whether the browser cannot play it. */
  readonly isBroken: boolean;
  toggle(): void;
  seek(positionMs: number): void;
  nextSpeed(): void;
}

/** Plays a clip; `onPlayed` is called each time that it begins to be heard. */
export function usePlayer({ url, durationMs }: VoiceClip, onPlayed: () => void): Player {
  const audio = useRef<HTMLAudioElement>(undefined);
  const [isPlaying, setIsPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [speed, setSpeed] = useState<number>(1);
  const [isBroken, setIsBroken] = useState(false);
  const heard = useRef(onPlayed);
  heard.current = onPlayed;

  useEffect(() => () => audio.current?.pause(), []);
  useFrames(isPlaying, () => setPositionMs(1000 * (audio.current?.currentTime ?? 0)));

  const open = (): HTMLAudioElement => {
    if (audio.current) return audio.current;
    const element = new Audio(url);
    element.addEventListener('playing', () => {
      setIsPlaying(true);
      heard.current();
    });
    element.addEventListener('pause', () => setIsPlaying(false));
    element.addEventListener('ended', () => {
      setPositionMs(0);
      element.currentTime = 0;
    });
    element.addEventListener('error', () => setIsBroken(true));
    audio.current = element;
    return element;
  };
  const toggle = () => {
    const element = open();
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.playbackRate = speed;
    element.play().catch((cause: unknown) => {
      // Whoever stops it at once has not found it broken.
      setIsBroken(!(cause instanceof DOMException && cause.name === 'AbortError'));
    });
  };
  const seek = (wantedMs: number) => {
    const nextMs = Math.max(0, Math.min(wantedMs, durationMs));
    open().currentTime = nextMs / 1000;
    setPositionMs(nextMs);
  };
  const nextSpeed = () => {
    const next = speeds[(speeds.indexOf(speed as 1) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  return { isPlaying, positionMs, speed, isBroken, toggle, seek, nextSpeed };
}

export { stepMs };

/** Calls back with every frame that is drawn, as long as `isRunning`. */
function useFrames(isRunning: boolean, onFrame: () => void): void {
  const latest = useRef(onFrame);
  latest.current = onFrame;
  useEffect(() => {
    if (!isRunning) return;
    let frame = requestAnimationFrame(function next() {
      latest.current();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [isRunning]);
}
