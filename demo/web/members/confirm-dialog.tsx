import { useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import type { Doing } from '../text/problems/problem-texts.ts';

export interface ConfirmDialogProps {
  title: string;
  /** What happens, one thing a line. */
  says: readonly string[];
  action: string;
  doing: Doing;
  isDanger?: boolean;
  onConfirm(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something that is hard to take back; it stays, and says why, if the service refuses. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, says, action, doing, isDanger, onConfirm, onClose } = props;
  const texts = useTexts();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const confirm = async () => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (cause) {
      setProblem(cause);
      setIsBusy(false);
    }
  };
  const footer = (
    <>
      <button type="button" data-autofocus onClick={onClose}>
        {texts.cancel}
      </button>
      <button
        type="button"
        className={`primary ${isDanger ? 'danger' : ''}`}
        disabled={isBusy}
        onClick={confirm}
      >
        {action}
      </button>
    </>
  );
  return (
    <Dialog title={title} size="small" footer={footer} onClose={onClose}>
      <ul className="consequences">
        {says.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Problem cause={problem} doing={doing} />
    </Dialog>
  );
}
