import type { Group, GroupHandle } from '@seenby/client';
import { useConnection } from '@seenby/client/react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import { GroupFacts } from './group-facts.tsx';
import { GroupFields, type GroupSettings } from './group-fields.tsx';

/** Name, tracking and visibility of a group; those who may not change them see how they are. */
export default function GroupSettingsDialog({
  group,
  onClose,
}: {
  group: GroupHandle;
  onClose(): void;
}) {
  const texts = useTexts();
  const formId = useId();
  const [kept, setKept] = useState<Group>();
  const [wanted, setWanted] = useState<GroupSettings>();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const { state } = useConnection();
  const isKnown = kept !== undefined;
  // Where it could not be asked, it is asked again with the next connection.
  useEffect(() => {
    if (isKnown || state === 'connecting') return;
    group.get().then((loaded) => {
      setKept(loaded);
      setWanted(loaded);
      setProblem(undefined);
    }, setProblem);
  }, [group, isKnown, state]);
  const changes = kept && wanted && changesOf(kept, wanted);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!changes) return;
    setIsBusy(true);
    setProblem(undefined);
    try {
      await group.update(changes);
      onClose();
    } catch (cause) {
      setProblem(cause);
      setIsBusy(false);
    }
  };
  const footer = kept && kept.role !== 'member' && (
    <>
      <Problem cause={problem} doing="changeGroup" />
      <button type="button" onClick={onClose}>
        {texts.cancel}
      </button>
      <button type="submit" form={formId} className="primary" disabled={!changes || isBusy}>
        {texts.save}
      </button>
    </>
  );
  return (
    <Dialog title={texts.groupSettings} footer={footer} onClose={onClose}>
      {!kept && problem === undefined && <p className="dialog-hint">{texts.group.loading}</p>}
      {kept && wanted && kept.role !== 'member' && (
        <form id={formId} onSubmit={save}>
          <GroupFields settings={wanted} kept={kept} onChange={setWanted} />
        </form>
      )}
      {kept && <GroupFacts group={kept} />}
      {!footer && <Problem cause={problem} doing="changeGroup" />}
    </Dialog>
  );
}

/** Only what differs: what others change meanwhile stays. Undefined where nothing does. */
function changesOf(kept: GroupSettings, wanted: GroupSettings): Partial<GroupSettings> | undefined {
  const name = wanted.name.trim();
  const changes: Partial<GroupSettings> = {
    ...(name !== kept.name && { name }),
    ...(wanted.tracking !== kept.tracking && { tracking: wanted.tracking }),
    ...(wanted.visibility !== kept.visibility && { visibility: wanted.visibility }),
  };
  return name !== '' && Object.keys(changes).length > 0 ? changes : undefined;
}
