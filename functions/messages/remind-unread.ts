import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { isAtLeast, maySeeReceipts } from '@seenby/core/members/permissions.ts';
import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { isToldAt, type NotedReminder, remindersFor } from '@seenby/core/reading/reminders.ts';
import { membersInState } from '@seenby/core/receipts/receipt-list.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { membersVisibleTo } from '../receipts/receipt-privacy.ts';
import { notAllowed, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { type Refusal, refuse } from '../runtime/result.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';
import type { Authority } from '../store/authority.ts';

/** Of a message there is one reminder in this time, and of a group each reader is told one. */
const coolDownMs = 5 * 60_000;
const attempts = 20;

type Reminded = AnswerOf<'POST /groups/{groupId}/messages/{seq}/remind'>;

/** The members to be reminded of a message: all, unless some are chosen. Others of the chosen ids are nobody. */
interface Reminding {
  seq: number;
  userIds?: readonly string[] | undefined;
}

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
  const { unread, told } = noted;
  const reached = (await service.connections.ofUsers(told)).length;
  const { messageId } = message;
  const frame = { type: 'unread_reminder', groupId, messageId, seq, fromUserId: userId } as const;
  return doneWithPushes({ reminded: unread, reached }, [{ to: 'users', userIds: told, frame }]);
}

type Noted = Refusal | { ok: true; unread: number; told: string[] };

/** Who has not read the message, and who of them is told now; decided again where another reminder came first. */
async function note(
  service: Service,
  by: Authority,
  group: GroupState,
  reminding: Reminding,
): Promise<Noted> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const at = service.clock();
    const [known] = await service.reminders.of([by.groupId]);
    const unread = await unreadMembers(service, by, group, reminding);
    if (!known || unread.length === 0) return { ok: true, unread: 0, told: [] };
    const reminder = reminderFor(unread, by, reminding, at);
    const outcome = await service.reminders.add(by, known, reminder, coolDownMs);
    if (outcome === 'gone') return notFound();
    if (outcome === 'notAllowed') return refusedByRole(service, by, 'remind others');
    if (typeof outcome === 'number')
      return refuse('RATE_LIMITED', 'One reminder per message in five minutes.', outcome);
    if (outcome === 'noted') {
      const told = unread.filter((member) => isTold(service, group, member, known.reminders, at));
      return { ok: true, unread: unread.length, told: told.map((each) => each.userId) };
    }
    await service.wait(service.random() * 10 * attempt);
  }
  throw new Error(`reminders of a group were noted by others ${attempts} times in a row`);
}

/**
 * Those whom the one who reminds sees as unread, and so all that follows from them: neither how many there
 * are nor whom a reminder reaches tells of a private reading.
 */
async function unreadMembers(
  service: Service,
  { userId }: Authority,
  group: GroupState,
  { seq, userIds }: Reminding,
): Promise<MemberState[]> {
  const members = await membersVisibleTo(service, group, userId, seq, seq);
  const chosen = userIds && new Set(userIds);
  return membersInState(members, seq, 'unread').filter(
    (member) => !chosen || chosen.has(member.userId),
  );
}

function reminderFor(
  unread: readonly MemberState[],
  { userId }: Authority,
  { seq, userIds }: Reminding,
  at: number,
): NotedReminder {
  const chosen = setOfSeqs(unread.map(({ ordinal }) => ordinal));
  return { seq, fromUserId: userId, at, ...(userIds && { chosen }) };
}

function isTold(
  service: Service,
  group: GroupState,
  member: MemberState,
  reminders: readonly NotedReminder[],
  at: number,
): boolean {
  const all = { ...group, remindedSeq: Number.MAX_SAFE_INTEGER };
  const standing = remindersFor(member, all, floorOf(service, group), reminders);
  return isToldAt(at, member, standing, coolDownMs);
}
