import type { GroupHandle } from '@seenby/client';
import { useGroupState } from '@seenby/client/react';
import { Undo2 } from 'lucide-react';
import { MenuItem } from '../../parts/menu.tsx';
import { useTexts } from '../../text/language.tsx';
import type { OpenMenu } from './open-menu.ts';

/** The sender may take a message back, and whoever leads the group. */
export function RecallItem(props: { group: GroupHandle; menu: OpenMenu; onClick(): void }) {
  const { group, menu, onClick } = props;
  const texts = useTexts();
  const { status } = useGroupState(group);
  if (!menu.isOwn && status?.role === 'member') return null;
  return (
    <MenuItem icon={Undo2} onClick={onClick}>
      {texts.recall}
    </MenuItem>
  );
}
