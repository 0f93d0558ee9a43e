import type { Message } from '@seenby/client';

/** How many levels draw a clip: one for each bar. */
export const levelCount = 40;
const maxLevel = 9;

/** A message has 8 KB at most, and the sound is in the message: base64 takes a third more. */
export const maxClipBytes = 6000;
export const maxClipMs = 6000;

export interface VoiceClip {
  /** `data:audio/…;base64,…` and nothing else: a player asks nobody for it. */
  readonly url: string;
  readonly durationMs: number;
  /** From 0 to 1, one for each bar. */
  readonly levels: readonly number[];
}

const urlPattern =
  /^data:audio\/(webm|ogg|mp4|mpeg|wav)(;codecs="?[\w.-]{1,20}"?)?;base64,[A-Za-z0-9+/]+={0,2}$/;

/** How a clip travels: the sound is the content, and what draws it is beside it. */
export const toMessage = ({ url, durationMs, levels }: VoiceClip) => ({
  content: url,
  metadata: {
    durationMs: Math.round(durationMs),
    levels: levels.map((level) => Math.round(level * maxLevel)).join(''),
  },
});

/** The clip of a voice message. Undefined where it has none that this page plays: others may write anything. */
export function clipOf({
  messageType,
  content,
  metadata = {},
}: Pick<Message, 'messageType' | 'content' | 'metadata'>): VoiceClip | undefined {
  if (messageType !== 'voice' || !urlPattern.test(content)) return undefined;
  const { durationMs, levels } = metadata;
  const isKnown = typeof durationMs === 'number' && durationMs > 0 && durationMs <= 10 * maxClipMs;
  return {
    url: content,
    durationMs: isKnown ? durationMs : maxClipMs,
    levels: levelsIn(levels) ?? Array(levelCount).fill(0.3),
  };
}

const levelsIn = (levels: unknown): number[] | undefined =>
  typeof levels === 'string' && /^\d{1,100}$/.test(levels)
    ? [...levels].map((digit) => Number(digit) / maxLevel)
    : undefined;

/** How loud each part of a sound is: the loudest part is 1. */
export function levelsOf(samples: Float32Array): number[] {
  const perLevel = Math.max(1, Math.floor(samples.length / levelCount));
  const loudness = Array.from({ length: levelCount }, (_, i) =>
    rootMeanSquare(samples.subarray(i * perLevel, (i + 1) * perLevel)),
  );
  const loudest = Math.max(...loudness);
  return loudness.map((each) => (loudest > 0 ? each / loudest : 0));
}

function rootMeanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
