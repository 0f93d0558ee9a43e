import { Pause, Play } from 'lucide-react';
import { useTexts } from '../text/language.tsx';
import { stepMs, usePlayer } from './use-player.ts';
import type { VoiceClip } from './voice-clip.ts';

export interface VoicePlayerProps {
  clip: VoiceClip;
  isHeard: boolean;
  onPlayed(): void;
}

/** Plays a clip: its bars show how far it is, and go to another place. */
export function VoicePlayer({ clip, isHeard, onPlayed }: VoicePlayerProps) {
  const { voice } = useTexts();
  const player = usePlayer(clip, onPlayed);
  const { isPlaying, positionMs } = player;
  const Icon = isPlaying ? Pause : Play;
  const shownMs = positionMs > 0 ? positionMs : clip.durationMs;
  if (player.isBroken) return <span className="voice-broken">{voice.notPlayable}</span>;
  return (
    <span className="voice-player">
      <button
        type="button"
        className="icon primary"
        aria-label={isPlaying ? voice.pause : voice.play(secondsText(clip.durationMs))}
        onClick={player.toggle}
      >
        <Icon aria-hidden size={18} fill="currentColor" />
      </button>
      <span className="waveform">
        <span className="levels" aria-hidden>
          {clip.levels.map((level, i) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
              key={i}
              data-past={i / clip.levels.length < positionMs / clip.durationMs}
              style={{ height: `${Math.max(10, 100 * level)}%` }}
            />
          ))}
        </span>
        <input
          type="range"
          aria-label={voice.position}
          aria-valuetext={secondsText(positionMs)}
          min={0}
          max={Math.ceil(clip.durationMs)}
          step={stepMs / 10}
          value={positionMs}
          onChange={({ target }) => player.seek(Number(target.value))}
        />
      </span>
      <span className="voice-time">
        {!isHeard && <span className="unheard" role="img" aria-label={voice.notHeard} />}
        {secondsText(shownMs)}
      </span>
      <button
        type="button"
        className="speed"
        aria-label={voice.speed(player.speed)}
        onClick={player.nextSpeed}
      >
        {player.speed}×
      </button>
    </span>
  );
}

/** `0:04` */
const secondsText = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
