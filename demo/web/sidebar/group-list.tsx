import { useGroups, useSeenby } from '@seenby/client/react';
import { MessageSquarePlus, Search } from 'lucide-react';
import { useState } from 'react';
import { DirectChats } from '../direct/direct-chats.ts';
import { titleOf } from '../direct/use-direct-chat.ts';
import { Notice } from '../parts/notice.tsx';
import { useRovingFocus } from '../parts/roving-focus.ts';
import { ServiceNotice } from '../parts/service-notice.tsx';
import { useService } from '../parts/use-service.ts';
import { useToday } from '../parts/use-today.ts';
import { useTexts } from '../text/language.tsx';
import { GroupRow } from './group-row.tsx';

/** Of so many chats the list says who wrote last: each takes a request for its members. */
const maxNamed = 12;
/** So many chats are found by looking. */
const minSearched = 8;

export interface GroupListProps {
  openId: string | undefined;
  onNew(): void;
}

/** The chats, the one with the newest message first; where there are none, why. */
export function GroupList({ openId, onNew }: GroupListProps) {
  const texts = useTexts();
  const groups = useGroups();
  const service = useService();
  const today = useToday();
  const roving = useRovingFocus<HTMLUListElement>('.group-row');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const direct = DirectChats.of(useSeenby());
  const shown = groups.filter((group) => {
    const { name } = titleOf(group.groupId, group, direct.get(group.groupId));
    return name.toLowerCase().includes(wanted);
  });
  if (groups.length === 0) {
    return (
      <div className="groups">
        {service === 'ready' ? <NoGroups onNew={onNew} /> : <NotYet state={service} />}
      </div>
    );
  }
  return (
    <>
      {groups.length >= minSearched && (
        <label className="group-search">
          <Search aria-hidden size={16} />
          <input
            type="search"
            aria-label={texts.searchChats}
            placeholder={texts.searchChats}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
      )}
      <ul className="groups" {...roving}>
        {shown.map((group, i) => (
          <GroupRow
            key={group.groupId}
            group={group}
            today={today}
            isNamed={i < maxNamed}
            isOpen={group.groupId === openId}
          />
        ))}
        {shown.length === 0 && <li className="none-found">{texts.noChatFound}</li>}
      </ul>
    </>
  );
}

function NoGroups({ onNew }: Pick<GroupListProps, 'onNew'>) {
  const texts = useTexts();
  return (
    <Notice icon={MessageSquarePlus} title={texts.noGroups} hint={texts.noGroupsHint}>
      <button type="button" className="primary" onClick={onNew}>
        {texts.newChat}
      </button>
    </Notice>
  );
}

function NotYet({ state }: { state: 'loading' | 'offline' | 'refused' }) {
  const texts = useTexts();
  if (state !== 'loading') return <ServiceNotice state={state} />;
  return (
    <div className="skeleton rows" role="status" aria-label={texts.loadingChats}>
      {['a', 'b', 'c', 'd'].map((key) => (
        <span key={key} />
      ))}
    </div>
  );
}
