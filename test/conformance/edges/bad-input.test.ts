import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { statusOfCode } from '@seenby/protocol/errors.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { type Observation, observe } from '../../support/wire/observation.ts';
import { call, type User } from '../../support/wire/user.ts';
import type { Frame, WireClient } from '../../support/wire/wire-client.ts';
import type { BadInput, Target } from '../support/bad-input.ts';
import { badInputs } from '../support/bad-inputs.ts';

let bob: User;
let client: WireClient;
let conversation: Conversation;
let target: Target;
let before: Observation;
/** Groups of others, as they were. */
const foreignGroups: { theirs: Conversation; observed: Observation }[] = [];
/** What observes asks a lot, and has a budget: users are changed before it is used up. */
const testsPerGroup = 40;
let tests = 0;

/** A little of everything has happened, so that whatever is written shows. */
beforeEach(async () => {
  if (tests++ % testsPerGroup > 0) return;
  const [own, foreign] = await Promise.all([
    Conversation.among('alice', 'bob', 'carol'),
    Conversation.among('dave', 'erin'),
  ]);
  [, bob] = own.users;
  conversation = own.conversation;
  const theirs = foreign.conversation;
  await conversation.sayMany(own.users[0], 3);
  await conversation.read(own.users[2], 2);
  await theirs.say(foreign.users[0]);
  target = { groupId: conversation.groupId, foreignId: theirs.groupId };
  client = await bob.connect();
  before = await observe(conversation);
  foreignGroups.push({ theirs, observed: await observe(theirs) });
});

async function expectNothingWritten(): Promise<void> {
  const known = before;
  // Should this one have written something, the next is not to be blamed for it.
  before = await observe(conversation);
  expect(before).toEqual(known);
}

const byFrame = badInputs.filter((row): row is Required<BadInput> => row.frame !== undefined);
const byRequest = badInputs.filter((row): row is Required<BadInput> => row.request !== undefined);

/** What comes first after a frame: nobody else is doing anything that could be pushed. */
async function firstReplyTo(frame: object | string): Promise<Frame> {
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
  const seen = client.frames.length;
  // In parts that API Gateway takes: 10,000 ids do not fit a frame of 32 KB.
  client.sendInParts(text, 30_000);
  return client.until('reply', () => client.frames[seen]);
}

describe('[SE4] refused by a frame, and nothing is written', () => {
  it.each(byFrame)('$code: $title', async ({ code, frame }) => {
    const reply = await firstReplyTo(frame(target));
    const message = expect.stringMatching(/^.{1,1000}$/s);
    expect(reply).toMatchObject({ type: 'error', code, message });
    await expectNothingWritten();
  });
});

describe('[SE4] refused over HTTP, and nothing is written', () => {
  it.each(byRequest)('$code: $title', async ({ code, request }) => {
    const { status, body } = await bob.call(...request(target));
    expect(body).toEqual({ error: { code, message: expect.stringMatching(/^.{1,1000}$/s) } });
    expect(status).toBe(statusOfCode[code]);
    await expectNothingWritten();
  });

  it('TOKEN_EXPIRED: a token that has run out', async (test) => {
    const expired = await bob
      .issueToken(-60)
      .catch((cause: unknown) => test.skip(`the issuer gives no expired token: ${cause}`));
    const path = `${conversation.path}/read`;
    const { status, body } = await call<ErrorAnswer>(expired, 'POST', path, { upTo: 1 });
    expect([status, body.error.code]).toEqual([401, 'TOKEN_EXPIRED']);
    await expectNothingWritten();
  });
});

it('[SE4] after all of that the groups of others are as they were', async () => {
  for (const { theirs, observed } of foreignGroups) {
    expect(await observe(theirs)).toEqual(observed);
  }
});
