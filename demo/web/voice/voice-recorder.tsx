import type { GroupHandle } from '@seenby/client';
import { SendHorizontal, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../shell/icon-button.tsx';
import { useTexts } from '../text/language.tsx';
import { type Recording, RecordingError, type RecordingProblem, record } from './record.ts';
import { toClip } from './to-clip.ts';
import { maxClipMs, toMessage } from './voice-clip.ts';

export interface VoiceRecorderProps {
  group: GroupHandle;
  onSent(): void;
  /** Recorded or not, the line to write in comes back. */
  onClose(): void;
}

/** In the place of the line to write in, while one speaks: Enter sends, Escape throws it away. */
export function VoiceRecorder({ group, onSent, onClose }: VoiceRecorderProps) {
  const { voice, close } = useTexts();
  const { state, elapsedMs, stop } = useRecording();
  const isSending = useRef(false);
  const send = async () => {
    // A key that is held down presses the button again and again.
    if (isSending.current) return;
    isSending.current = true;
    const sound = await stop();
    if (!sound) return;
    const { content, metadata } = toMessage(await toClip(sound, elapsedMs));
    void group.send(content, { messageType: 'voice', metadata });
    onSent();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
  };
  if (typeof state === 'object') {
    return (
      <div className="voice-recorder">
        <p role="alert">{voice.problems[state.problem]}</p>
        <button type="button" data-autofocus onClick={onClose}>
          {close}
        </button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape reaches it from the buttons inside
    <div className="voice-recorder" onKeyDown={onKeyDown}>
      <IconButton icon={Trash2} label={voice.throwAway} onClick={onClose} />
      <span className="recording" role="status">
        <span className="recording-dot" aria-hidden />
        {state === 'asking' ? voice.asking : state === 'full' ? voice.full : voice.recording}
      </span>
      <progress aria-label={voice.length} max={maxClipMs} value={elapsedMs} />
      <span className="voice-time">
        {(elapsedMs / 1000).toFixed(1)} / {maxClipMs / 1000} s
      </span>
      <SendButton label={voice.send} isReady={state !== 'asking'} onSend={send} />
    </div>
  );
}

function SendButton({
  label,
  isReady,
  onSend,
}: {
  label: string;
  isReady: boolean;
  onSend(): void;
}) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <button
      ref={ref}
      type="button"
      className="icon primary"
      aria-label={label}
      aria-disabled={!isReady}
      onClick={() => isReady && onSend()}
    >
      <SendHorizontal aria-hidden size={18} />
    </button>
  );
}

type State = 'asking' | 'recording' | 'full' | { problem: RecordingProblem };

/** Records as long as it is shown, or until a message is full. */
function useRecording() {
  const recording = useRef<Recording>(undefined);
  const [state, setState] = useState<State>('asking');
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    let isOver = false;
    const fail = (cause: unknown) => {
      const problem = cause instanceof RecordingError ? cause.problem : 'failed';
      if (!isOver) setState({ problem });
    };
    const opened = record();
    opened.then((own) => {
      if (isOver) return own.stop();
      recording.current = own;
      setState('recording');
      own.finished.then(() => !isOver && setState('full'), fail);
    }, fail);
    return () => {
      isOver = true;
      opened.then((own) => own.stop()).catch(() => {});
    };
  }, []);
  useEffect(() => {
    if (state !== 'recording') return;
    const timer = setInterval(() => {
      const { startedAt = Date.now() } = recording.current ?? {};
      setElapsedMs(Math.min(maxClipMs, Date.now() - startedAt));
    }, 100);
    return () => clearInterval(timer);
  }, [state]);
  const stop = async (): Promise<Blob | undefined> => {
    recording.current?.stop();
    // Why there is none is shown already.
    return recording.current?.finished.catch(() => undefined);
  };
  return { state, elapsedMs, stop };
}
