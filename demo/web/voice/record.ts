import { maxClipBytes, maxClipMs } from './voice-clip.ts';

/** Speech is understood at this, and a second of it takes about a kilobyte. */
const bitsPerSecond = 8000;
const chunkMs = 200;
/** What the next chunk and the end of the file may add. */
const spareBytes = 450;

/** The first that the browser records; Safari has the second. */
const types = ['audio/webm;codecs=opus', 'audio/mp4'];

export type RecordingProblem = 'notAllowed' | 'noMicrophone' | 'tooLarge' | 'failed';

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly problem: RecordingProblem;

  constructor(problem: RecordingProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** A page that is not secure has no microphone, and a browser may have no recorder. */
export const canRecord = (): boolean =>
  navigator.mediaDevices !== undefined && typeof MediaRecorder !== 'undefined';

export interface Recording {
  readonly startedAt: number;
  /** The sound, once it was stopped or is as long as a message takes. Rejects with a RecordingError. */
  readonly finished: Promise<Blob>;
  stop(): void;
}

/** Asks for the microphone and records until it is stopped. Rejects with a RecordingError. */
export async function record(): Promise<Recording> {
  const stream = await openMicrophone();
  const closeMicrophone = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const recorder = startRecorder(stream, closeMicrophone);
  const stop = () => recorder.state === 'recording' && recorder.stop();
  const finished = collect(recorder, stop).finally(closeMicrophone);
  const timer = setTimeout(stop, maxClipMs);
  const clear = () => clearTimeout(timer);
  finished.then(clear, clear);
  return { startedAt: Date.now(), finished, stop };
}

async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch (cause) {
    const isRefused = cause instanceof DOMException && cause.name === 'NotAllowedError';
    throw new RecordingError(isRefused ? 'notAllowed' : 'noMicrophone', { cause });
  }
}

function startRecorder(stream: MediaStream, closeMicrophone: () => void): MediaRecorder {
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  const options = { audioBitsPerSecond: bitsPerSecond, ...(mimeType && { mimeType }) };
  try {
    const recorder = new MediaRecorder(stream, options);
    recorder.start(chunkMs);
    return recorder;
  } catch (cause) {
    // A browser that cannot record leaves the microphone on otherwise.
    closeMicrophone();
    throw new RecordingError('failed', { cause });
  }
}

function collect(recorder: MediaRecorder, stop: () => void): Promise<Blob> {
  const chunks: Blob[] = [];
  const bytes = () => chunks.reduce((sum, { size }) => sum + size, 0);
  return new Promise((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => {
      chunks.push(data);
      if (bytes() >= maxClipBytes - spareBytes) stop();
    };
    recorder.onerror = (event) => reject(new RecordingError('failed', { cause: event }));
    recorder.onstop = () =>
      bytes() > maxClipBytes
        ? reject(new RecordingError('tooLarge'))
        : resolve(new Blob(chunks, { type: recorder.mimeType }));
  });
}
