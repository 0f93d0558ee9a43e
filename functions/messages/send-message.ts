import { isDeepStrictEqual } from 'node:util';
import { foldFloorOf, foldMember } from '@seenby/core/members/fold-member.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import { takeAction } from '@seenby/core/rate-limit.ts';
import { markOwn } from '@seenby/core/reading/marking.ts';
import type { Message, MessageType } from '@seenby/protocol/entities.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { budgets } from '../limits/budget.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { notFound, rateLimited, tooManyGaps } from '../runtime/refusals.ts';
import { type Refusal, refuse } from '../runtime/result.ts';
import { fillLostSeqs } from '../service/fill-lost-seqs.ts';
import type { Caller, Service } from '../service/service.ts';
import { previewOf } from '../store/items/group-item.ts';
import { outgrowsRow } from '../store/member-size.ts';
import type { Membership } from '../store/members.ts';
import type { TakenSeq } from '../store/messages/allocate-seq.ts';
import type { StoredMessage } from '../store/messages/messages.ts';
import { messageDigest, type Sent } from '../store/messages/sent-messages.ts';
import { noteMentions } from './note-mentions.ts';

export interface NewMessage {
  groupId: string;
  clientMessageId: string;
  content: string;
  messageType: MessageType;
  mentions?: string[] | undefined;
  metadata?: Record<string, unknown> | undefined;
}

export interface SentMessage {
  message: Message;
  /** The same client message id had been sent before: this is that message. */
  known: boolean;
}

/** Seqs that one request takes at most: each one after the first because the one before was lost. */
const maxSeqs = 50;

/** 48 random bits, told apart from those of the message before only. */
const attemptLength = 12;

/** What is being sent, by whom, and as a member of what. */
interface Sending {
  caller: Caller;
  input: NewMessage;
  digest: string;
  membership: Membership;
  now: number;
}

/**
 * Stores a message once, however often it is sent. The order of the writes is what makes a crash
 * at any line harmless:
 *
 *                 ┌─▶ id claimed for the seq ─┐
 *     seq taken ──┤                           ├──▶ message stored ──▶ answered
 *        │        └─▶ sender has read it ─────┘
 *        │                      │
 *        │                      └─ crash: a retry that finds the claim goes on, whatever else is done
 *        └─ crash before the claim: a hole, which becomes a tombstone, read by its sender or not;
 *           nobody is shown anything of it
 *
 * What is refused after the seq is taken leaves a tombstone as well. So does a seq whose id was claimed for
 * another one meanwhile, by the same message sent twice at once.
 */
export async function sendMessage(
  service: Service,
  caller: Caller,
  input: NewMessage,
): Promise<ResultWithPushes<SentMessage>> {
  const { groupId, clientMessageId } = input;
  const now = service.clock();
  const [seen, earlier] = await service.members.membershipWithSent(
    groupId,
    caller.userId,
    clientMessageId,
  );
  const membership = seen ?? (await service.members.membership(groupId, caller.userId, 'strong'));
  if (!membership) return notFound();
  const sending = { caller, input, digest: messageDigest(input), membership, now };
  if (earlier) return finish(service, sending, earlier);
  const rate = takeAction(membership.member.nextActionAt, now);
  if (rate.outcome === 'limited') return rateLimited(rate.retryAfterMs);
  if (leavesTooManyGaps(membership)) return tooManyGaps();
  return takeFirstSeq(service, sending);
}

/** An own message above many unread ones is a gap as well: refused before it leaves a trace. */
function leavesTooManyGaps({ group, member }: Membership): boolean {
  const folded = foldMember(member, foldFloorOf(group));
  return outgrowsRow(member, markOwn(folded, group.lastSeq + 1));
}

async function takeFirstSeq(
  service: Service,
  sending: Sending,
): Promise<ResultWithPushes<SentMessage>> {
  const { caller, input, digest, now } = sending;
  const { groupId, clientMessageId } = input;
  const taken = await allocate(service, sending);
  if (!taken) return notFound();
  const { seq } = taken;
  const sent = { seq, digest };
  const [claim, refusal] = await Promise.all([
    service.sent.claim(groupId, caller.userId, clientMessageId, sent, now),
    takeOwnRead(service, sending, seq),
    closeBlock(service, sending, taken),
  ]);
  if (claim !== 'claimed') {
    await fillLostSeqs(service, groupId, [seq], now);
    return finish(service, sending, claim);
  }
  const stored = refusal
    ? await refuseSeq(service, sending, seq, refusal)
    : await storeRead(service, sending, seq);
  return stored === 'lost' ? finish(service, sending, sent) : stored;
}

const allocate = (
  service: Service,
  { caller, input, membership, now }: Sending,
): Promise<TakenSeq | undefined> =>
  service.groups.allocateSeq(
    membership.group,
    previewOf({ ...input, senderId: caller.userId, createdAt: now }),
    service.newId().slice(-attemptLength),
  );

/** Who marks many messages finds their authors there. A crash costs the marks more, and nothing else. */
const closeBlock = (
  { authorBlocks }: Service,
  { input: { groupId }, now }: Sending,
  { seq, recentAuthors }: TakenSeq,
): Promise<void> => authorBlocks.close(groupId, seq, recentAuthors, now);

/** The id was taken before: answer what it stands for, or finish what a crash cut short. */
async function finish(
  service: Service,
  sending: Sending,
  earlier: Sent,
): Promise<ResultWithPushes<SentMessage>> {
  const { groupId } = sending.input;
  let claim: Sent | undefined = earlier;
  for (let seqs = 1; claim && seqs <= maxSeqs; seqs++) {
    if (claim.digest !== sending.digest) {
      return refuse('CONFLICT', 'This clientMessageId was sent before with another content.');
    }
    const known = await service.messages.get(groupId, claim.seq);
    if (known && isSent(sending, known)) return answerKnown(service, sending.caller, known.message);
    const stored = known ? 'lost' : await store(service, sending, claim.seq);
    if (stored !== 'lost') return stored;
    claim = await move(service, sending, claim);
  }
  if (!claim) return notFound();
  throw new Error(`a message found ${maxSeqs} seqs lost, one after the other`);
}

/** Takes another seq for an id whose seq was lost, unless another request has; nothing once the group is gone. */
async function move(
  service: Service,
  sending: Sending,
  { seq, digest }: Sent,
): Promise<Sent | undefined> {
  const { caller, input, now } = sending;
  const { groupId, clientMessageId } = input;
  const next = await allocate(service, sending);
  if (!next) return undefined;
  const id = [groupId, caller.userId, clientMessageId] as const;
  const [claim] = await Promise.all([
    service.sent.reassign(...id, seq, next.seq),
    closeBlock(service, sending, next),
  ]);
  if (claim === 'moved') return { seq: next.seq, digest };
  await fillLostSeqs(service, groupId, [next.seq], now);
  return claim;
}

/** From the claim on: everything here may be done twice. */
async function store(
  service: Service,
  sending: Sending,
  seq: number,
): Promise<ResultWithPushes<SentMessage> | 'lost'> {
  const refusal = await takeOwnRead(service, sending, seq);
  return refusal ? refuseSeq(service, sending, seq, refusal) : storeRead(service, sending, seq);
}

async function refuseSeq(
  service: Service,
  { input, now }: Sending,
  seq: number,
  refusal: Refusal,
): Promise<Refusal> {
  await fillLostSeqs(service, input.groupId, [seq], now);
  return refusal;
}

/** The same once the sender has read it. */
async function storeRead(
  service: Service,
  sending: Sending,
  seq: number,
): Promise<ResultWithPushes<SentMessage> | 'lost'> {
  const { caller, input, membership, now } = sending;
  const mentions = await noteMentions(service, membership.group, input.mentions ?? [], seq);
  const message = toMessage(caller, input, mentions, seq, now);
  const stored = await service.messages.insert(message);
  // The answer to the put may be lost, and the SDK puts again: then it is refused by its own message.
  if (stored === 'stored' || isDeepStrictEqual(stored.message, message)) {
    return doneWithPushes({ message, known: false }, [pushOf(message)]);
  }
  return isSent(sending, stored) ? answerKnown(service, caller, stored.message) : 'lost';
}

/**
 * Whether the message in this place is the one that is being sent. It is a tombstone if the seq was lost, and
 * somebody else's only if the group's row is from an earlier time than the messages: in the table of another
 * region, or after rows were put back by hand.
 */
const isSent = ({ caller, input }: Sending, { message, tombstone }: StoredMessage): boolean =>
  !tombstone &&
  message.clientMessageId === input.clientMessageId &&
  message.senderId === caller.userId;

const pushOf = (message: Message): Push => {
  const { groupId } = message;
  return { to: 'members', groupId, frame: { type: 'new_message', groupId, message } };
};

/** By then a request has pushed what it stored, or died. */
const pushingMs = 3000;
/** Longer than clients send again what was not answered. */
const noticeMs = 10 * 60_000;

/** Whoever sends again was not answered: the request that stored the message may have told nobody. */
async function answerKnown(
  service: Service,
  { userId }: Caller,
  message: Message,
): Promise<ResultWithPushes<SentMessage>> {
  const known = { message, known: true };
  const ageMs = service.clock() - message.createdAt;
  if (message.recalled || ageMs < pushingMs || ageMs > noticeMs) {
    return doneWithPushes(known);
  }
  const { repeatedPushes } = budgets;
  const { outcome } = await service.budgets.take(userId, repeatedPushes, 1, message.groupId);
  return doneWithPushes(known, outcome === 'allowed' ? [pushOf(message)] : []);
}

function takeOwnRead(
  service: Service,
  { caller, membership: { group, member: known }, now }: Sending,
  seq: number,
): Promise<Refusal | undefined> {
  return service.members.change<Refusal | undefined>(group.groupId, known, (member) => {
    if (member.left) return { result: notFound() };
    // By another request for the same message, or by this one, whose answer was lost.
    if (has(member.read, seq)) return { result: undefined };
    const rate = takeAction(member.nextActionAt, now);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    const name = caller.name === undefined ? {} : { name: caller.name };
    const folded = foldMember(member, foldFloorOf(group));
    const write = { ...markOwn(folded, seq), ...name, nextActionAt: rate.nextActionAt };
    return { write, result: undefined };
  });
}

function toMessage(
  caller: Caller,
  { groupId, clientMessageId, messageType, content, metadata }: NewMessage,
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
    ...(metadata && { metadata }),
  };
}
