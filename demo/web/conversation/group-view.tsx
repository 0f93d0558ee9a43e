import type { GroupHandle } from '@seenby/client';
import { useConnection, useGroup, useGroupState } from '@seenby/client/react';
import { EyeOff, MessageCircleOff } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { GroupHeader } from '../members/group-header.tsx';
import { Notice } from '../parts/notice.tsx';
import { ServiceNotice } from '../parts/service-notice.tsx';
import { SidePanel } from '../parts/side-panel.tsx';
import { go, goBack, type Panel } from '../shell/route.ts';
import { useTexts } from '../text/language.tsx';
import { Conversation } from './conversation.tsx';
import { MembersContext, useLoadedMembers } from './members.ts';

const ReceiptPanel = lazy(() => import('../receipts/receipt-panel.tsx'));

export interface GroupViewProps {
  groupId: string;
  panel: Panel | undefined;
}

/** An open chat: its header, the conversation, and beside it who has read one of its messages. */
export function GroupView({ groupId, panel }: GroupViewProps) {
  const group = useGroup(groupId);
  const { status } = useGroupState(group);
  const members = useLoadedMembers(group);
  const showReceipts = useCallback(
    (seq: number) => {
      // From one message to the next is no step of its own.
      const replace = panel !== undefined;
      go({ view: 'group', groupId, panel: { kind: 'receipts', seq } }, { replace });
    },
    [groupId, panel],
  );
  const close = useCallback(() => goBack({ view: 'group', groupId }), [groupId]);
  const texts = useTexts();
  if (!status) return <NoGroup group={group} />;
  return (
    <MembersContext value={members}>
      <div className="group-view" data-panel={panel ? 'open' : 'closed'}>
        <main className="conversation-column" tabIndex={-1}>
          <GroupHeader group={group} />
          <TrackingHint tracking={status.tracking} />
          <Conversation group={group} onShowReceipts={showReceipts} />
        </main>
        {panel && (
          <Suspense>
            <SidePanel title={texts.receipts} onClose={close}>
              <ReceiptPanel key={panel.seq} group={group} seq={panel.seq} />
            </SidePanel>
          </Suspense>
        )}
      </div>
    </MembersContext>
  );
}

/** Where nobody learns what others have read it says so: missing ticks look like a fault. */
function TrackingHint({ tracking }: { tracking: 'receipts' | 'positions' }) {
  const texts = useTexts();
  if (tracking === 'receipts') return null;
  return (
    <p className="tracking-hint">
      <EyeOff aria-hidden size={16} />
      {texts.noReceiptsHere}
    </p>
  );
}

/** There is nothing to show of the group: not yet, or because the user is not in it. */
function NoGroup({ group }: { group: GroupHandle }) {
  const texts = useTexts();
  const isOutside = useIsOutside(group);
  const { state } = useConnection();
  const isOffline = state === 'waiting';
  return (
    <main className="alone" tabIndex={-1}>
      {isOutside ? (
        <Notice icon={MessageCircleOff} title={texts.notInGroup} hint={texts.notInGroupHint}>
          <button type="button" onClick={() => goBack({ view: 'list' })}>
            {texts.toChats}
          </button>
        </Notice>
      ) : (
        <ServiceNotice state={isOffline ? 'offline' : 'loading'} />
      )}
    </main>
  );
}

/** Whether the service says that the user is not in the group, or that there is none. */
function useIsOutside(group: GroupHandle): boolean {
  const { state } = useConnection();
  const { isRemoved } = useGroupState(group);
  const [isRefused, setIsRefused] = useState(false);
  useEffect(() => {
    if (state !== 'connected') return;
    let isOver = false;
    group.get().then(
      () => !isOver && setIsRefused(false),
      ({ code }) => !isOver && setIsRefused(code === 'NOT_FOUND' || code === 'BAD_REQUEST'),
    );
    return () => {
      isOver = true;
    };
  }, [group, state]);
  return isRemoved || isRefused;
}
