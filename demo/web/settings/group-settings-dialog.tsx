import type { Group, GroupHandle } from '@seenby/client';
import { type FormEvent, useEffect, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';

/** Name, tracking and visibility of a group; those who may not change them see how they are. */
export function GroupSettingsDialog({ group, onClose }: { group: GroupHandle; onClose(): void }) {
  const texts = useTexts();
  const [settings, setSettings] = useState<Group>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    group.get().then(setSettings, setProblem);
  }, [group]);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    try {
      await group.update({
        name: String(typed.get('name')),
        tracking: typed.get('tracking') === 'positions' ? 'positions' : 'receipts',
        visibility: visibilityOf(typed.get('visibility')),
      });
      onClose();
    } catch (cause) {
      setProblem(cause);
    }
  };
  return (
    <Dialog title={texts.groupSettings} onClose={onClose}>
      {settings && (
        <form onSubmit={save}>
          <p>{texts.membersCount(settings.memberCount)}</p>
          <GroupFields settings={settings} isLocked={settings.role === 'member'} />
        </form>
      )}
      <Problem cause={problem} doing="changeGroup" />
    </Dialog>
  );
}

const visibilityOf = (value: unknown) =>
  value === 'sender' || value === 'admins' ? value : 'members';

function GroupFields({ settings, isLocked }: { settings: Group; isLocked: boolean }) {
  const texts = useTexts();
  return (
    <fieldset disabled={isLocked}>
      {isLocked && <p>{texts.onlyAdmins}</p>}
      <label>
        {texts.name}
        <input name="name" defaultValue={settings.name} maxLength={100} required />
      </label>
      <label>
        {texts.tracking}
        <select name="tracking" defaultValue={settings.tracking}>
          <option value="receipts">{texts.trackingReceipts}</option>
          <option value="positions">{texts.trackingPositions}</option>
        </select>
      </label>
      <label>
        {texts.visibility}
        <select name="visibility" defaultValue={settings.visibility}>
          <option value="members">{texts.visibilityMembers}</option>
          <option value="sender">{texts.visibilitySender}</option>
          <option value="admins">{texts.visibilityAdmins}</option>
        </select>
      </label>
      <button type="submit" className="primary">
        {texts.save}
      </button>
    </fieldset>
  );
}
