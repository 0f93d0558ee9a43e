import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { statusOfCode } from '@seenby/protocol/errors.ts';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
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
/** A group of others, as it was. */
let theirs: Conversation;
let theirsBefore: Observation;
/** To observe takes longer than to refuse. */
const casesPerObservation = 6;
let unobserved: string[] = [];

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
  before = await observe(conversation);
  theirsBefore = await observe(theirs);
});

async function expectNothingWritten(): Promise<void> {
  const refused = unobserved;
  unobserved = [];
  expect(await observe(conversation), `after ${refused.join(', ')}`).toEqual(before);
}

afterEach(async ({ task }) => {
  unobserved.push(task.name);
  if (unobserved.length === casesPerObservation) await expectNothingWritten();
});

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
  });
});

describe('[SE4] refused over HTTP, and nothing is written', () => {
  it.each(byRequest)('$code: $title', async ({ code, request }) => {
    const { status, body } = await bob.call(...request(target));
    expect(body).toEqual({ error: { code, message: expect.stringMatching(/^.{1,1000}$/s) } });
    expect(status).toBe(statusOfCode[code]);
  });

  it('TOKEN_EXPIRED: a token that has run out', async (test) => {
    const expired = await bob
      .issueToken(-60)
      .catch((cause: unknown) => test.skip(`the issuer gives no expired token: ${cause}`));
    const path = `${conversation.path}/read`;
    const { status, body } = await call<ErrorAnswer>(expired, 'POST', path, { upTo: 1 });
    expect([status, body.error.code]).toEqual([401, 'TOKEN_EXPIRED']);
  });
});

it('[SE4] after all of that this group and those of others are as they were', async () => {
  await expectNothingWritten();
  expect(await observe(theirs)).toEqual(theirsBefore);
});
