import { levelsOf, type VoiceClip } from './voice-clip.ts';

/** Samples a second. */
const decodedRate = 48_000;

/** A recorded sound as a message has it. */
export async function toClip(sound: Blob, durationMs: number): Promise<VoiceClip> {
  const [url, decoded] = await Promise.all([toDataUrl(sound), decode(sound)]);
  return {
    url,
    durationMs: decoded ? 1000 * decoded.duration : durationMs,
    levels: levelsOf(decoded?.getChannelData(0) ?? new Float32Array()),
  };
}

/** Without the space that some browsers put into the type. */
async function toDataUrl(sound: Blob): Promise<string> {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  return `data:${sound.type.replaceAll(' ', '')};base64,${btoa(String.fromCharCode(...bytes))}`;
}

/** A browser that plays what it has recorded may still not decode it as a whole: then it has no waveform. */
async function decode(sound: Blob): Promise<AudioBuffer | undefined> {
  try {
    // It only decodes: no sound device is opened for it.
    const context = new OfflineAudioContext(1, 1, decodedRate);
    return await context.decodeAudioData(await sound.arrayBuffer());
  } catch {
    return undefined;
  }
}
