import { beforeAll, describe, expect, it } from 'vitest';
import { statusOfCode } from '../../protocol/errors.ts';
import { type BadInput, badInputs, type Target } from './bad-input.ts';
import { Conversation } from './conversation.ts';
import { type Observation, observe } from './observation.ts';
import { call, type ErrorBody, type User } from './user.ts';
import type { Frame, WireClient } from './wire-client.ts';

let bob: User;
let client: WireClient;
let conversation: Conversation;
let theirs: Conversation;
let target: Target;
let before: Observation;
let theirsBefore: Observation;

/** A little of everything has happened, so that whatever is written shows. */
beforeAll(async () => {
  const [own, foreign] = await Promise.all([
    Conversation.among('alice', 'bob', 'carol'),
    Conversation.among('dave', 'erin'),
  ]);
  [, bob] = own.users;
  conversation = own.conversation;
  theirs = foreign.conversation;
  await conversation.sayMany(own.users[0], 3);
  await conversation.read(own.users[2], 2);
  await theirs.say(foreign.users[0]);
  target = { groupId: conversation.groupId, foreignId: theirs.groupId };
  client = await bob.connect();
  [before, theirsBefore] = await Promise.all([observe(conversation), observe(theirs)]);
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
    const { status, body } = await call<ErrorBody>(expired, 'POST', path, { upTo: 1 });
    expect([status, body.error.code]).toEqual([401, 'TOKEN_EXPIRED']);
    await expectNothingWritten();
  });
});

it('[SE4] after all of that the group of others is as it was', async () => {
  expect(await observe(theirs)).toEqual(theirsBefore);
});
