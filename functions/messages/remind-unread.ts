import type { GroupState } from '@seenby/core/group.ts';
import { isAtLeast, maySeeReceipts } from '@seenby/core/members/permissions.ts';
import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { NotedReminder } from '@seenby/core/reading/reminders.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import {
  coolDownMs,
  type Reader,
  type Reminding,
  type Told,
  unreadReaders,
  whoIsTold,
} from '../receipts/reminded-readers.ts';
import { notAllowed, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { type Refusal, refuse } from '../runtime/result.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';
import type { Authority } from '../store/authority.ts';

const attempts = 20;

type Reminded = AnswerOf<'POST /groups/{groupId}/messages/{seq}/remind'>;

/**
 * Reminds exactly the members who have not read a message. Whoever was told of another one of the group a
 * moment ago is not told again: all reminders stand in the status of the group until their messages are read.
 */
export async function remindUnread(
  service: Service,
  { userId }: Caller,
  groupId: string,
  reminding: Reminding,
): Promise<ResultWithPushes<Reminded>> {
  const { seq } = reminding;
  const membership = await service.members.membership(groupId, userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message || message.recalled) return notFound();
  const isAuthor = message.senderId === userId;
  if (!isAuthor && !isAtLeast(membership.member.role, 'admin')) return notAllowed('remind others');
  // The answer says how many have not read the message.
  const { group, member } = membership;
  if (!maySeeReceipts(group, { role: member.role, isAuthor })) return receiptsHidden();
  const by = { groupId, userId, minRole: isAuthor ? 'member' : 'admin' } as const;
  const noted = await note(service, by, group, reminding);
  if (!noted.ok) return noted;
  const { reminded, seemTold, told } = noted;
  const reached = (await service.connections.ofUsers(seemTold)).length;
  const { messageId } = message;
  const frame = { type: 'unread_reminder', groupId, messageId, seq, fromUserId: userId } as const;
  return doneWithPushes({ reminded, reached }, [{ to: 'users', userIds: told, frame }]);
}

/** Who has not read the message, and who of them is told now; decided again where another reminder came first. */
async function note(
  service: Service,
  by: Authority,
  group: GroupState,
  reminding: Reminding,
): Promise<Refusal | ({ ok: true } & Told)> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const at = service.clock();
    const [known] = await service.reminders.of([by.groupId]);
    const readers = await unreadReaders(service, by, group, reminding);
    if (!known || readers.length === 0) return { ok: true, reminded: 0, seemTold: [], told: [] };
    const reminder = reminderFor(readers, by, reminding, at);
    const outcome = await service.reminders.add(by, known, reminder, coolDownMs);
    if (outcome === 'gone') return notFound();
    if (outcome === 'notAllowed') return refusedByRole(service, by, 'remind others');
    if (typeof outcome === 'number')
      return refuse('RATE_LIMITED', 'One reminder per message in five minutes.', outcome);
    if (outcome === 'noted') {
      return { ok: true, ...whoIsTold(service, readers, reminder, group, known.reminders) };
    }
    await service.wait(service.random() * 10 * attempt);
  }
  throw new Error(`reminders of a group were noted by others ${attempts} times in a row`);
}

function reminderFor(
  readers: readonly Reader[],
  { userId }: Authority,
  { seq, userIds }: Reminding,
  at: number,
): NotedReminder {
  const chosen = setOfSeqs(readers.map(({ shown }) => shown.ordinal));
  return { seq, fromUserId: userId, at, ...(userIds && { chosen }) };
}
