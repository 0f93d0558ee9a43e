import { Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import type { Recall } from './delayed-recalls.ts';
import { useRecalls } from './use-recalls.ts';

export interface RecallLineProps {
  groupId: string;
  seq: number;
  recall: Recall;
}

/** In the place of a message that its author has just recalled; while they may, they undo it here. */
export function RecallLine({ groupId, seq, recall }: RecallLineProps) {
  const texts = useTexts();
  const recalls = useRecalls();
  const undo = () => recalls?.undo(groupId, seq);
  if (recall.state === 'failed') {
    return (
      <span className="recall-line">
        <Problem cause={recall.cause} doing="recall" />
        <button type="button" onClick={() => recalls?.begin(groupId, seq)}>
          {texts.retry}
        </button>
        <button type="button" onClick={undo}>
          {texts.close}
        </button>
      </span>
    );
  }
  return (
    <span className="recall-line" role="status">
      <em>{recall.isLate ? texts.notRecalledYet : texts.recalledByYou}</em>
      {recall.state === 'waiting' && <UndoButton onUndo={undo} />}
    </span>
  );
}

function UndoButton({ onUndo }: { onUndo(): void }) {
  const texts = useTexts();
  const ref = useRef<HTMLButtonElement>(null);
  // The menu that had the focus is gone.
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return (
    <button ref={ref} type="button" onClick={onUndo}>
      <Undo2 aria-hidden size={14} />
      {texts.undo}
    </button>
  );
}
