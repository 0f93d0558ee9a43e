import type { GroupHandle } from '@seenby/client';
import { Badge, Readers, useGroup, useGroupState, useTrackReads } from '@seenby/client/react';
import { type FormEvent, useEffect, useState } from 'react';
import { MessageLine } from './message-line.tsx';

/** A conversation, and beside it who has read the message that was chosen. */
export function Chat({ groupId }: { groupId: string }) {
  const group = useGroup(groupId);
  const { status } = useGroupState(group);
  const [chosen, setChosen] = useState<number>();
  return (
    <main>
      <section>
        <h1>
          {status?.name ?? groupId} <Badge groupId={groupId} />
        </h1>
        <Messages group={group} onChoose={setChosen} />
        <Composer group={group} />
      </section>
      {chosen !== undefined && (
        <aside>
          <button type="button" onClick={() => setChosen(undefined)}>
            Close
          </button>
          <Readers group={group} seq={chosen} />
        </aside>
      )}
    </main>
  );
}

function Messages({ group, onChoose }: { group: GroupHandle; onChoose: (seq: number) => void }) {
  const { messages } = useGroupState(group);
  const trackReads = useTrackReads(group);
  useEffect(() => {
    group.history().catch(console.error);
  }, [group]);
  return (
    <ol ref={trackReads}>
      {messages.map((message) => (
        <MessageLine
          key={message.clientMessageId}
          group={group}
          message={message}
          onChoose={onChoose}
        />
      ))}
    </ol>
  );
}

function Composer({ group }: { group: GroupHandle }) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    void group.send(String(new FormData(form).get('text')));
    form.reset();
  };
  return (
    <form onSubmit={send}>
      <input name="text" aria-label="Message" placeholder="Message" autoComplete="off" required />
      <button type="submit">Send</button>
    </form>
  );
}
