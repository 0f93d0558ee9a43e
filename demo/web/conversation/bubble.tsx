import type { FailedMessage, GroupHandle, SentMessage, ShownMessage } from '@seenby/client';
import { CircleAlert, Ellipsis } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { RecallLine } from '../recall/recall-line.tsx';
import { useRecall } from '../recall/use-recalls.ts';
import { useTexts } from '../text/language.tsx';
import { problemText } from '../text/problems/problem-text.ts';
import { timeOfDay } from '../text/times.ts';
import type { OpenMenu } from './message-menu.tsx';
import { ReceiptStatus } from './receipt-status.tsx';

export interface BubbleProps {
  group: GroupHandle;
  message: ShownMessage;
  isOwn: boolean;
  /** Shown above; undefined when the message before it has the same sender. */
  senderName: string | undefined;
  onShowReceipts: ((seq: number) => void) | undefined;
  onMenu(menu: OpenMenu): void;
}

/** One message. `data-seq` is how the SDK knows which one is being looked at. */
export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { group, message, isOwn, senderName, onShowReceipts, onMenu } = props;
  const { locale } = useTexts();
  const sent = message.state === 'sent' ? message : undefined;
  const recall = useRecall(group.groupId, sent?.seq);
  const isRecalled = sent?.recalled || (recall !== undefined && recall.state !== 'failed');
  return (
    <li className={`bubble ${isOwn ? 'own' : 'other'}`} data-seq={sent?.seq}>
      {senderName && <span className="sender">{senderName}</span>}
      <p className="content">
        {!(isRecalled && recall) && <Content message={message} />}
        {sent && recall && !sent.recalled && (
          <RecallLine groupId={group.groupId} seq={sent.seq} recall={recall} />
        )}
      </p>
      <span className="below">
        <time dateTime={new Date(message.createdAt).toISOString()}>
          {timeOfDay(message.createdAt, locale)}
        </time>
        {!isRecalled && <ReceiptStatus {...{ group, message, isOwn, onShowReceipts }} />}
        {message.state === 'failed' && <Failure group={group} message={message} />}
        {sent && !isRecalled && <MenuButton message={sent} isOwn={isOwn} onMenu={onMenu} />}
      </span>
    </li>
  );
});

function Content({ message }: { message: ShownMessage }) {
  const texts = useTexts();
  if (message.state === 'sent' && message.recalled) return <em>{texts.recalled}</em>;
  return message.mentions ? withMentions(message.content) : message.content;
}

/** Sets off what begins with @; the words themselves stay as they were typed. */
function withMentions(content: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const { 0: mention, index } of content.matchAll(/@[\p{L}\p{N}_-]+/gu)) {
    parts.push(content.slice(end, index), <strong key={index}>{mention}</strong>);
    end = index + mention.length;
  }
  return [...parts, content.slice(end)];
}

function Failure({ group, message }: { group: GroupHandle; message: FailedMessage }) {
  const texts = useTexts();
  const { clientMessageId, error } = message;
  return (
    <span className="failure">
      <CircleAlert aria-hidden size={14} />
      {problemText(texts, error, 'send')}
      <button type="button" onClick={() => group.retry(clientMessageId)}>
        {texts.retry}
      </button>
      <button type="button" onClick={() => group.discard(clientMessageId)}>
        {texts.discard}
      </button>
    </span>
  );
}

function MenuButton(props: { message: SentMessage; isOwn: boolean; onMenu(menu: OpenMenu): void }) {
  const { message, isOwn, onMenu } = props;
  const texts = useTexts();
  return (
    <button
      type="button"
      className="icon more"
      aria-label={texts.moreActions}
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => onMenu({ message, isOwn, anchor: currentTarget })}
    >
      <Ellipsis aria-hidden size={16} />
    </button>
  );
}
