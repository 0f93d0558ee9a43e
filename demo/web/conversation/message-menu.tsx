import type { GroupHandle, SentMessage } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { Info, MailOpen, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useRecalls } from '../recall/use-recalls.ts';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import type { Doing } from '../text/problems/problem-texts.ts';

export interface OpenMenu {
  message: SentMessage;
  isOwn: boolean;
  /** What it opens beside. */
  anchor: HTMLElement;
}

export interface MessageMenuProps {
  group: GroupHandle;
  menu: OpenMenu;
  onShowReceipts: ((seq: number) => void) | undefined;
  onClose(): void;
}

/** What can be done with a message. One menu serves the whole list. */
export function MessageMenu({ group, menu, onShowReceipts, onClose }: MessageMenuProps) {
  const texts = useTexts();
  const recalls = useRecalls();
  const { seq } = menu.message;
  const [problem, setProblem] = useState<{ cause: unknown; doing: Doing }>();
  const ref = usePopover(menu.anchor);
  const act = (doing: Doing, action: () => unknown) => async () => {
    try {
      await action();
      onClose();
    } catch (cause) {
      setProblem({ cause, doing });
    }
  };
  return (
    <div
      ref={ref}
      popover="auto"
      className="menu"
      role="dialog"
      aria-label={texts.moreActions}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {onShowReceipts && (
        <button
          type="button"
          onClick={() => {
            onShowReceipts(seq);
            onClose();
          }}
        >
          <Info aria-hidden size={16} />
          {texts.details}
        </button>
      )}
      <button type="button" onClick={act('markUnread', () => group.markUnread(seq))}>
        <MailOpen aria-hidden size={16} />
        {texts.markUnread}
      </button>
      <Recall
        {...{ group, menu }}
        onClick={act('recall', () => recalls?.begin(group.groupId, seq))}
      />
      {problem && <Problem {...problem} />}
    </div>
  );
}

/** The sender may, and whoever leads the group. */
function Recall(props: { group: GroupHandle; menu: OpenMenu; onClick(): void }) {
  const { group, menu, onClick } = props;
  const texts = useTexts();
  const { status } = useGroupState(group);
  if (!menu.isOwn && status?.role === 'member') return null;
  return (
    <button type="button" onClick={onClick}>
      <Undo2 aria-hidden size={16} />
      {texts.recall}
    </button>
  );
}

/** Shows the popover beside its anchor, inside the window. */
function usePopover(anchor: HTMLElement) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    menu.showPopover();
    const { left, top, bottom } = anchor.getBoundingClientRect();
    const { width, height } = menu.getBoundingClientRect();
    const isRoomBelow = bottom + height < window.innerHeight;
    menu.style.top = `${isRoomBelow ? bottom : top - height}px`;
    menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
    menu.querySelector('button')?.focus();
    return () => anchor.focus();
  }, [anchor]);
  return ref;
}
