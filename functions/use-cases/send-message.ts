import { markOwn } from '../../core/marking.ts';
import { setOfSeqs, union } from '../../core/range-set.ts';
import { takeAction } from '../../core/rate-limit.ts';
import type { Message, MessageType } from '../../protocol/entities.ts';
import { toMessageId } from '../../protocol/identifiers.ts';
import { done, notFound, type Outcome, type Refusal, rateLimited, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { digestOf } from '../store/keys.ts';
import type { Membership } from '../store/members.ts';
import type { Sent } from '../store/sent-messages.ts';
import { buryLost } from './bury-lost.ts';

export interface NewMessage {
  groupId: string;
  clientMessageId: string;
  content: string;
  messageType: MessageType;
  mentions?: string[] | undefined;
}

export interface SentMessage {
  message: Message;
  /** The same client message id had been sent before: this is that message. */
  known: boolean;
}

/**
 * Stores a message once, however often it is sent. The order of the writes is what makes a crash
 * at any line harmless:
 *
 *     seq taken ──▶ id claimed for the seq ──▶ sender has read it ──▶ message stored ──▶ answered
 *        │                  │                        │
 *        │                  └────────────────────────┴─ crash: a retry finds the claim and goes on
 *        └─ crash: a hole, which the next reader of the history fills with a tombstone
 */
export async function sendMessage(
  service: Service,
  caller: Caller,
  input: NewMessage,
): Promise<Outcome<SentMessage>> {
  const { groupId, clientMessageId } = input;
  const now = service.clock();
  const [seen, earlier] = await service.members.membershipWithSent(
    groupId,
    caller.userId,
    clientMessageId,
  );
  const membership = seen ?? (await service.members.membership(groupId, caller.userId, 'strong'));
  if (!membership) return notFound();
  const digest = digestOf(input.content, input.messageType, input.mentions ?? []);
  if (earlier) return resume(service, caller, membership, input, digest, earlier);
  const rate = takeAction(membership.member.nextActionAt, now);
  if (rate.outcome === 'limited') return rateLimited(rate.retryAfterMs);
  const seq = await allocate(service, caller, membership, input, now);
  if (seq === undefined) return notFound();
  const claim = await service.sent.claim(
    groupId,
    caller.userId,
    clientMessageId,
    { seq, digest },
    now,
  );
  if (claim === 'claimed') return store(service, caller, membership, input, seq, now);
  await buryLost(service, groupId, [seq], caller.userId, now);
  return resume(service, caller, membership, input, digest, claim);
}

async function allocate(
  service: Service,
  caller: Caller,
  { group }: Membership,
  { content, messageType }: NewMessage,
  createdAt: number,
): Promise<number | undefined> {
  const preview = {
    senderId: caller.userId,
    messageType,
    content: [...content].slice(0, 100).join(''),
    createdAt,
  };
  return (await service.groups.allocateSeq(group, preview))?.lastSeq;
}

/** The id was taken before: answer what it stands for, or finish what a crash cut short. */
async function resume(
  service: Service,
  caller: Caller,
  membership: Membership,
  input: NewMessage,
  digest: string,
  earlier: Sent,
): Promise<Outcome<SentMessage>> {
  if (earlier.digest !== digest) {
    return refuse('CONFLICT', 'This clientMessageId was sent before with another content.');
  }
  const { groupId, clientMessageId } = input;
  const now = service.clock();
  const stored = await service.messages.get(groupId, earlier.seq);
  if (stored && !stored.tombstone) return done({ message: stored.message, known: true });
  if (!stored) return store(service, caller, membership, input, earlier.seq, now);
  const seq = await allocate(service, caller, membership, input, now);
  if (seq === undefined) return notFound();
  const moved = await service.sent.reassign(
    groupId,
    caller.userId,
    clientMessageId,
    earlier.seq,
    seq,
  );
  if (moved) return store(service, caller, membership, input, seq, now);
  await buryLost(service, groupId, [seq], caller.userId, now);
  return refuse('INTERNAL', 'The message is being sent by another request. Try again.');
}

/** From the claim on: everything here may be done twice. */
async function store(
  service: Service,
  caller: Caller,
  { member }: Membership,
  input: NewMessage,
  seq: number,
  now: number,
): Promise<Outcome<SentMessage>> {
  const { groupId } = input;
  const refusal = await takeOwnRead(service, caller, groupId, member, seq, now);
  if (refusal) {
    await buryLost(service, groupId, [seq], caller.userId, now);
    return refusal;
  }
  const mentions = await noteMentions(service, groupId, input.mentions ?? [], seq);
  const message = toMessage(caller, input, mentions, seq, now);
  const stored = await service.messages.insert(message);
  if (stored === 'stored') {
    return done({ message, known: false }, [
      { to: 'members', groupId, frame: { type: 'new_message', groupId, message } },
    ]);
  }
  if (stored.tombstone) return refuse('INTERNAL', 'The message took too long to store. Try again.');
  return done({ message: stored.message, known: true });
}

function takeOwnRead(
  service: Service,
  caller: Caller,
  groupId: string,
  known: Membership['member'],
  seq: number,
  now: number,
): Promise<Refusal | undefined> {
  return service.members.change<Refusal | undefined>(groupId, known, (member) => {
    if (member.left) return { result: notFound() };
    const rate = takeAction(member.nextActionAt, now);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    const name = caller.name === undefined ? {} : { name: caller.name };
    const write = { ...markOwn(member, seq), ...name, nextActionAt: rate.nextActionAt };
    return { write, result: undefined };
  });
}

/** Mentions stand in the rows of the members mentioned; others are left out. */
async function noteMentions(
  service: Service,
  groupId: string,
  userIds: readonly string[],
  seq: number,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const asked = [...new Set(userIds)];
  const rows = await service.members.getMany(groupId, asked);
  const noted = rows.map(async (row) => {
    if (!row || row.left) return undefined;
    return service.members.change(groupId, row, (member) => ({
      write: { ...member, mentions: union(member.mentions, setOfSeqs([seq])) },
      result: member.userId,
    }));
  });
  return (await Promise.all(noted)).filter((userId) => userId !== undefined);
}

function toMessage(
  caller: Caller,
  { groupId, clientMessageId, messageType, content }: NewMessage,
  mentions: string[],
  seq: number,
  createdAt: number,
): Message {
  return {
    messageId: toMessageId({ groupId, seq }),
    groupId,
    seq,
    senderId: caller.userId,
    messageType,
    content,
    createdAt,
    clientMessageId,
    ...(mentions.length > 0 && { mentions }),
  };
}
