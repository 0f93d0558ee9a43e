import type { Group, GroupHandle } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { useChatTitle } from '../direct/use-direct-chat.ts';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
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
  const title = useChatTitle(group.groupId);
  return (
    <button type="button" className="group-title" aria-haspopup="dialog" onClick={onOpen}>
      <Avatar {...title} size={36} />
      <span className="group-title-text">
        <h2>
          <bdi>{title.name}</bdi>
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
  const presence = other?.online === false ? people.isOffline : undefined;
  return (
    <>
      {people.direct}
      {other?.online ? (
        <span className="online-count"> · {people.isOnline}</span>
      ) : (
        presence && ` · ${presence}`
      )}
    </>
  );
}

const onlineIn = ({ members }: Roster): number =>
  members.filter(({ online }) => online === true).length;
