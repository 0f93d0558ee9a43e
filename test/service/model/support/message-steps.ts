import fc from 'fast-check';
import * as reference from '../../../support/reference/reference-actions.ts';
import type {
  Draft,
  ReferenceChat,
  ReferenceGroup,
} from '../../../support/reference/reference-chat.ts';
import { groupNamed, type Person, people, type Room, rooms, userNamed } from './cast.ts';
import { type Action, compare } from './step.ts';

export const person: fc.Arbitrary<Person> = fc.constantFrom(...people);
/** More happens in the big group. */
export const room: fc.Arbitrary<Room> = fc.constantFrom('team', 'team', ...rooms);
/** How far behind the last message; −1 is the one after it. */
export const back: fc.Arbitrary<number> = fc.integer({ min: -1, max: 10 });

export const seqAt = (group: ReferenceGroup, stepsBack: number): number =>
  group.messages.length - stepsBack;

const isRetryable = (chat: ReferenceChat, { createdAt }: { createdAt: number }) =>
  chat.now - createdAt < 24 * 3_600_000;

interface Sending {
  by: Person;
  in: Room;
  type: 'text' | 'voice';
  mentions: Person[];
  over: 'http' | 'socket';
  /** Sends again what the person sent before, the same or with another text, if there is any. */
  again: 'no' | 'same' | 'altered';
}

export const send: Action<Sending> = {
  name: 'send',
  args: fc.record({
    by: person,
    in: room,
    type: fc.constantFrom('text' as const, 'text' as const, 'voice' as const),
    mentions: fc.array(person, { maxLength: 2 }),
    over: fc.constantFrom('http' as const, 'socket' as const),
    again: fc.constantFrom(...(['no', 'no', 'no', 'no', 'same', 'altered'] as const)),
  }),
  async act(chat, world, args) {
    const group = groupNamed(chat, args.in);
    const userId = userNamed(chat, args.by);
    const draft = draftFor(chat, group, userId, args);
    const what = `${userId} sends to ${group.groupId}`;
    const expected = reference.send(chat, group, userId, draft);
    if (args.over === 'socket') {
      const frame = { type: 'send_message' as const, groupId: group.groupId, ...draft };
      const act = () => world.served.frame(userId, frame);
      return compare(world, what, expected, act, (m) => [{ type: 'message_sent', message: m }]);
    }
    const path = { groupId: group.groupId };
    const route = 'POST /groups/{groupId}/messages';
    const act = () => world.served.act(userId, { route, path, body: draft });
    return compare(world, what, expected, act, (message) => ({ message }));
  },
};

function draftFor(
  chat: ReferenceChat,
  group: ReferenceGroup,
  userId: string,
  args: Sending,
): Draft {
  const earlier = group.messages.findLast(
    ({ message }) => message.senderId === userId && isRetryable(chat, message),
  );
  if (earlier && args.again === 'same') return earlier.draft;
  if (earlier && args.again === 'altered') return { ...earlier.draft, content: 'Another text' };
  const id = group.messages.length + 1;
  return {
    clientMessageId: `m${id}`,
    content: `Message ${id}`,
    messageType: args.type,
    mentions: args.mentions.map((name) => userNamed(chat, name)),
  };
}

interface About {
  by: Person;
  in: Room;
  back: number;
}

const about: fc.Arbitrary<About> = fc.record({ by: person, in: room, back });

export const recall: Action<About> = {
  name: 'recall',
  args: about,
  act(chat, world, { by, in: where, back: stepsBack }) {
    const group = groupNamed(chat, where);
    const [userId, seq] = [userNamed(chat, by), seqAt(group, stepsBack)];
    const path = { groupId: group.groupId, seq: String(seq) };
    return compare(
      world,
      `${userId} recalls ${group.groupId}.${seq}`,
      seq < 1 ? reference.refuses('BAD_REQUEST') : reference.recall(chat, group, userId, seq),
      () => world.served.act(userId, { route: 'DELETE /groups/{groupId}/messages/{seq}', path }),
      (message) => ({ message }),
    );
  },
};

export const play: Action<About> = {
  name: 'play',
  args: about,
  act(chat, world, { by, in: where, back: stepsBack }) {
    const group = groupNamed(chat, where);
    const [userId, seq] = [userNamed(chat, by), seqAt(group, stepsBack)];
    const messageId = `${group.groupId}.${seq}`;
    return compare(
      world,
      `${userId} plays ${messageId}`,
      seq < 1 ? reference.refuses('BAD_REQUEST') : reference.play(chat, group, userId, seq),
      () => world.served.frame(userId, { type: 'mark_played', messageId }),
      (changed) => [{ type: 'mark_played_confirmed', messageId, changed }],
    );
  },
};

export const markUnread: Action<About> = {
  name: 'markUnread',
  args: about,
  act(chat, world, { by, in: where, back: stepsBack }) {
    const group = groupNamed(chat, where);
    const [userId, fromSeq] = [userNamed(chat, by), seqAt(group, stepsBack)];
    const { groupId } = group;
    return compare(
      world,
      `${userId} marks ${groupId} unread from ${fromSeq}`,
      fromSeq < 1
        ? reference.refuses('BAD_REQUEST')
        : reference.markUnread(chat, group, userId, fromSeq),
      () =>
        world.served.act(userId, {
          route: 'POST /groups/{groupId}/unread',
          path: { groupId },
          body: { fromSeq },
        }),
      (state) => state,
    );
  },
};
