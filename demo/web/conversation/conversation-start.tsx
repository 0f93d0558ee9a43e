import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { CloudOff, LockKeyhole, MessageCircle, PenLine } from 'lucide-react';
import { useChatTitle } from '../direct/use-direct-chat.ts';
import { Notice } from '../parts/notice.tsx';
import { isolate } from '../text/isolate.ts';
import { useTexts } from '../text/language.tsx';
import type { Opening } from './list/use-opening.ts';

/** Above the first message: there is nothing older. */
export function ConversationStart({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const { name } = useChatTitle(group.groupId);
  return <p className="conversation-start">{texts.beginningOf(isolate(name))}</p>;
}

/** A chat in which nobody has written yet invites to. */
export function EmptyConversation({ group, onBegin }: { group: GroupHandle; onBegin(): void }) {
  const texts = useTexts();
  const { status } = useGroupState(group);
  const hint = status?.tracking === 'positions' ? texts.emptyHintPositions : texts.emptyHint;
  return (
    <div className="over-messages">
      <Notice icon={MessageCircle} title={texts.emptyTitle} hint={hint}>
        <button type="button" className="primary" onClick={onBegin}>
          <PenLine aria-hidden size={16} />
          {texts.writeFirst}
        </button>
      </Notice>
    </div>
  );
}

/** Why there are no messages here yet. */
export function NoMessages({ state, loadOlder }: Pick<Opening, 'state' | 'loadOlder'>) {
  const texts = useTexts();
  if (state === 'loading') return <MessageSkeleton />;
  const isRefused = state === 'refused';
  return (
    <div className="over-messages">
      <Notice
        icon={isRefused ? LockKeyhole : CloudOff}
        title={isRefused ? texts.messagesRefused : texts.messagesOffline}
        {...(!isRefused && { hint: texts.offlineHint })}
      >
        <button type="button" onClick={loadOlder}>
          {texts.retry}
        </button>
      </Notice>
    </div>
  );
}

const widths = [46, 62, 30, 54, 38];

/** The shape of what is being loaded. */
function MessageSkeleton() {
  const texts = useTexts();
  return (
    <div className="over-messages skeleton" role="status" aria-label={texts.loadingMessages}>
      {widths.map((width, i) => (
        <span key={width} className={i % 3 === 2 ? 'own' : ''} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
