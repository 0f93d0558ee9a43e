import { useSeenby } from '@seenby/client/react';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { go } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';

/** Asks for a name and the members, makes the group and opens it. */
export default function NewGroupDialog({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const client = useSeenby();
  const [problem, setProblem] = useState<unknown>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const memberIds = String(typed.get('members'))
      .split(/[\s,，、]+/)
      .filter(Boolean);
    const kind = typed.get('kind') === 'direct' ? 'direct' : 'group';
    try {
      const name = String(typed.get('name'));
      const { groupId } = await client.createGroup({ name, memberIds, kind });
      go({ view: 'group', groupId });
      onClose();
    } catch (cause) {
      setProblem(cause);
    }
  };
  return (
    <Dialog title={texts.newChat} onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          {texts.newChatName}
          <input name="name" maxLength={100} required />
        </label>
        <label>
          {texts.newChatMembers}
          <input name="members" placeholder="bob, carol" required />
        </label>
        <label>
          {texts.newChatKind}
          <select name="kind">
            <option value="group">{texts.kindGroup}</option>
            <option value="direct">{texts.kindDirect}</option>
          </select>
        </label>
        <Problem cause={problem} doing="createGroup" />
        <button type="submit" className="primary">
          {texts.create}
        </button>
      </form>
    </Dialog>
  );
}
