import { useSeenby } from '@seenby/client/react';
import { useEffect, useId, useState } from 'react';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';

/** Whether the user gives read receipts in direct chats, and so gets them. */
export function ReadReceipts() {
  const texts = useTexts();
  const client = useSeenby();
  const hintId = useId();
  const [isOn, setIsOn] = useState<boolean>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    client.getReadReceipts().then(setIsOn, setProblem);
  }, [client]);
  const change = async (wanted: boolean) => {
    setProblem(undefined);
    setIsOn(wanted);
    try {
      await client.setReadReceipts(wanted);
    } catch (cause) {
      setIsOn(!wanted);
      setProblem(cause);
    }
  };
  return (
    <div>
      <label className="setting">
        <span>{texts.readReceipts}</span>
        <input
          type="checkbox"
          role="switch"
          checked={isOn ?? false}
          aria-checked={isOn ?? false}
          disabled={isOn === undefined}
          aria-describedby={hintId}
          onChange={(event) => change(event.target.checked)}
        />
      </label>
      <small id={hintId}>{texts.readReceiptsHint}</small>
      <Problem cause={problem} />
    </div>
  );
}
