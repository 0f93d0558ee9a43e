import { useGroup, useGroupState, useSeenby } from '@seenby/client/react';
import { useState } from 'react';
import { GroupHeader } from '../members/group-header.tsx';
import { ReceiptPanel } from '../receipts/receipt-panel.tsx';
import { useTexts } from '../text/language.tsx';
import { Conversation } from './conversation.tsx';
import { MembersContext, useLoadedMembers } from './members.ts';

/** An open chat: its header, the conversation, and beside it who has read one of its messages. */
export function GroupView({ groupId }: { groupId: string }) {
  const group = useGroup(groupId);
  const { status } = useGroupState(group);
  const members = useLoadedMembers(group);
  const [shownSeq, setShownSeq] = useState<number>();
  const texts = useTexts();
  const { connection } = useSeenby();
  if (!status) {
    return (
      <main className="alone">
        <p>{connection.state === 'connected' ? texts.notInGroup : texts.connecting}</p>
      </main>
    );
  }
  return (
    <MembersContext value={members}>
      <div className="group-view" data-panel={shownSeq === undefined ? 'closed' : 'open'}>
        <main className="conversation-column">
          <GroupHeader group={group} />
          <Conversation group={group} onShowReceipts={setShownSeq} />
        </main>
        {shownSeq !== undefined && (
          <ReceiptPanel
            key={shownSeq}
            group={group}
            seq={shownSeq}
            onClose={() => setShownSeq(undefined)}
          />
        )}
      </div>
    </MembersContext>
  );
}
