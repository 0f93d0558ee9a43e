import type { Group } from '@seenby/client';
import { EyeOff } from 'lucide-react';
import { useTexts } from '../text/language.tsx';

/** How a group is set, for everybody in it. */
export function GroupFacts({ group }: { group: Group }) {
  const texts = useTexts();
  const said = texts.group;
  const isChangeable = group.role !== 'member';
  return (
    <>
      {group.tracking === 'positions' && (
        <p className="dialog-note">
          <EyeOff aria-hidden size={18} />
          {said.positionsStatement}
        </p>
      )}
      <dl className="facts">
        {!isChangeable && (
          <>
            <Fact name={texts.name} value={group.name} />
            <Fact name={texts.tracking} value={said.tracking[group.tracking].label} />
            {group.tracking === 'receipts' && (
              <Fact name={texts.visibility} value={said.visibility[group.visibility].label} />
            )}
          </>
        )}
        <Fact name={said.kind} value={said.kinds[group.kind]} />
        <Fact name={said.members} value={group.memberCount.toLocaleString(texts.locale)} />
        <Fact
          name={said.created}
          value={new Date(group.createdAt).toLocaleDateString(texts.locale, { dateStyle: 'long' })}
        />
        {group.kind === 'group' && (
          <Fact name={said.newcomers} value={said.history(group.historyForNewMembers)} />
        )}
        <Fact name={said.ownRole} value={texts.people.roles[group.role]} />
      </dl>
      {!isChangeable && <p className="dialog-hint">{texts.onlyAdmins}</p>}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
