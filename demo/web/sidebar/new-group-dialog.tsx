import { useSeenby } from '@seenby/client/react';
import { useMemo, useState } from 'react';
import { PeoplePicker } from '../members/add/people-picker.tsx';
import { type Person, shownName } from '../members/member-search.ts';
import { Choice } from '../settings/choice.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { usePage } from '../shell/page-context.ts';
import { Problem } from '../shell/problem.tsx';
import { go } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';

type Kind = 'group' | 'direct';
const maxNameLength = 100;

/** Asks who is to be in a new chat, and opens it. Without a name it is called after them. */
export default function NewGroupDialog({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const client = useSeenby();
  const { identity } = usePage();
  const { userId = '' } = client;
  const [kind, setKind] = useState<Kind>('group');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Person>>(new Map());
  const [typedName, setTypedName] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const own = useMemo(() => new Map([[userId, { userId }]]), [userId]);
  const names = [identity.name || userId, ...[...chosen.values()].map(shownName)];
  const name = typedName.trim() || names.join(texts.nameSeparator).slice(0, maxNameLength);
  const isReady = kind === 'direct' ? chosen.size === 1 : chosen.size > 0;
  const choose = (wanted: ReadonlyMap<string, Person>) =>
    // In a direct chat the last one chosen is the other person.
    setChosen(kind === 'direct' ? new Map([...wanted].slice(-1)) : wanted);
  const create = async () => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      const { groupId } = await client.createGroup({ name, memberIds: [...chosen.keys()], kind });
      go({ view: 'group', groupId });
      onClose();
    } catch (cause) {
      setProblem(cause);
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      title={texts.newChat}
      onClose={onClose}
      footer={
        <>
          <Problem cause={problem} doing="createGroup" />
          <button type="button" className="primary" disabled={!isReady || isBusy} onClick={create}>
            {texts.create}
          </button>
        </>
      }
    >
      <Choice
        isRow
        legend={texts.newChatKind}
        value={kind}
        options={[
          { value: 'group', label: texts.kindGroup },
          { value: 'direct', label: texts.kindDirect },
        ]}
        onChoose={(wanted) => {
          setKind(wanted);
          if (wanted === 'direct') setChosen(new Map([...chosen].slice(-1)));
        }}
      />
      <PeoplePicker members={own} chosen={chosen} onChange={choose} />
      <label>
        {texts.newChatName}
        <input
          dir="auto"
          value={typedName}
          placeholder={chosen.size > 0 ? name : texts.newChatNameHint}
          maxLength={maxNameLength}
          onChange={({ target }) => setTypedName(target.value)}
        />
      </label>
      <p className="dialog-hint">{texts.people.addHint}</p>
    </Dialog>
  );
}
