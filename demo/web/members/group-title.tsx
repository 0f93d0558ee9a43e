import type { Group, GroupHandle } from '@seenby/client';
import { useGroupState, useSeenby } from '@seenby/client/react';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
import { shownName } from './member-search.ts';
import type { Roster } from './use-roster.ts';

export interface GroupTitleProps {
  group: GroupHandle;
  roster: Roster;
  settings: Group | undefined;
  onOpen(): void;
}

/** The name of a group with how many are in it, and how many of them are online; it opens the list of members. */
export function GroupTitle({ group, roster, settings, onOpen }: GroupTitleProps) {
  const { people } = useTexts();
  const { status } = useGroupState(group);
  const name = status?.name ?? '';
  return (
    <button type="button" className="group-title" aria-haspopup="dialog" onClick={onOpen}>
      <Avatar id={group.groupId} name={name} size={36} />
      <span className="group-title-text">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <small data-online={onlineIn(roster)}>
          {settings?.kind === 'direct' ? (
            <DirectLine roster={roster} />
          ) : (
            <MembersLine roster={roster} settings={settings} />
          )}
        </small>
      </span>
      <span className="sr-only">{people.openMembers}</span>
    </button>
  );
}

function MembersLine({ roster, settings }: { roster: Roster; settings: Group | undefined }) {
  const { people } = useTexts();
  const members = roster.members.length || (settings?.memberCount ?? 0);
  const online = onlineIn(roster);
  if (members === 0) return null;
  return (
    <>
      {people.members(members)}
      {/* That one is there oneself is no news. */}
      {online > 1 && <span className="online-count"> · {people.online(online)}</span>}
    </>
  );
}

function DirectLine({ roster }: { roster: Roster }) {
  const { people } = useTexts();
  const { userId } = useSeenby();
  const other = roster.members.find((member) => member.userId !== userId);
  if (!other) return people.direct;
  const presence = other.online === false ? people.isOffline : undefined;
  return (
    <>
      {people.directWith(shownName(other))}
      {other.online ? (
        <span className="online-count"> · {people.isOnline}</span>
      ) : (
        presence && ` · ${presence}`
      )}
    </>
  );
}

const onlineIn = ({ members }: Roster): number =>
  members.filter(({ online }) => online === true).length;
