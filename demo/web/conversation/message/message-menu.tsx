import type { GroupHandle } from '@seenby/client';
import { useGroupState, useReceipt } from '@seenby/client/react';
import { Copy, Eye, MailOpen } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem } from '../../parts/menu.tsx';
import { useRecalls } from '../../recall/use-recalls.ts';
import { Problem } from '../../shell/problem.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Doing } from '../../text/problems/problem-texts.ts';
import type { OpenMenu } from './open-menu.ts';
import { RecallItem } from './recall-item.tsx';

export interface MessageMenuProps {
  group: GroupHandle;
  menu: OpenMenu;
  onShowReceipts: ((seq: number) => void) | undefined;
  onClose(): void;
}

/** What can be done with a message. One menu serves the whole list. */
export function MessageMenu({ group, menu, onShowReceipts, onClose }: MessageMenuProps) {
  const texts = useTexts();
  const { status } = useGroupState(group);
  const { seq, content, messageType } = menu.message;
  const recalls = useRecalls();
  const [problem, setProblem] = useState<{ cause: unknown; doing?: Doing }>();
  const act = (action: () => unknown, doing?: Doing) => async () => {
    try {
      await action();
      onClose();
    } catch (cause) {
      setProblem({ cause, ...(doing && { doing }) });
    }
  };
  return (
    <Menu
      label={texts.moreActions}
      anchor={menu.anchor}
      problem={problem && <Problem {...problem} />}
      onClose={onClose}
    >
      {onShowReceipts && status?.tracking === 'receipts' && (
        <MenuItem icon={Eye} onClick={act(() => onShowReceipts(seq))}>
          {texts.details} <Readers group={group} seq={seq} />
        </MenuItem>
      )}
      {content !== '' && messageType !== 'voice' && (
        <MenuItem icon={Copy} onClick={act(() => navigator.clipboard.writeText(content))}>
          {texts.copyText}
        </MenuItem>
      )}
      <MenuItem icon={MailOpen} onClick={act(() => group.markUnread(seq), 'markUnread')}>
        {texts.markUnread}
      </MenuItem>
      <RecallItem
        {...{ group, menu }}
        onClick={act(() => recalls?.begin(group.groupId, seq), 'recall')}
      />
    </Menu>
  );
}

/** How many others that are: a finger has no hover to ask with. */
function Readers({ group, seq }: { group: GroupHandle; seq: number }) {
  const receipt = useReceipt(group, seq);
  if (!receipt) return null;
  const { read, total } = receipt.others;
  return (
    <small>
      {read}/{total}
    </small>
  );
}
