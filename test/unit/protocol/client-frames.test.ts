import {
  clientFrameSchemas,
  type SocketRoute,
  socketRoutes,
} from '@seenby/protocol/client-frames.ts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { badIds, badSeqs, goodIds, goodSeqs, trickyKeys, withField } from './awkward-inputs.ts';
import { accepted, accepts, verdictOn } from './safe-parse.ts';

/** Every frame in every form it may have, without its optional fields. */
const forms: { [T in SocketRoute]: object[] } = {
  hello: [{}],
  get_status: [{ groupIds: ['team', 'club'] }],
  subscribe_group: [{ groupId: 'team' }, { groupIds: ['team', 'club'] }],
  unsubscribe_group: [{ groupId: 'team' }],
  send_message: [{ groupId: 'team', clientMessageId: 'c1', content: 'hi' }],
  mark_read: [
    { groupId: 'team', upTo: 9 },
    { messageIds: ['team.1', 'club.2'] },
    { messageId: 'team.1' },
  ],
  mark_delivered: [
    { groupId: 'team', upTo: 9 },
    { messageIds: ['team.1'] },
    { messageId: 'team.1' },
  ],
  mark_played: [{ messageId: 'team.1' }],
  mark_unread: [{ groupId: 'team', fromSeq: 3 }],
  typing: [{ groupId: 'team' }],
  ping: [{}],
};

const frames = socketRoutes.flatMap((type) => forms[type].map((fields) => ({ type, ...fields })));
type Frame = (typeof frames)[number];

const named = frames.map((frame): [string, Frame] => [JSON.stringify(frame), frame]);

const verdict = (frame: { type: SocketRoute }) => verdictOn(clientFrameSchemas[frame.type], frame);

/** The frame with a field of it changed, for each frame that has the field. */
const changed = (key: string, value: unknown): Frame[] =>
  frames.filter((frame) => key in frame).map((frame) => ({ ...frame, [key]: value }));

describe('a client frame', () => {
  it('has a schema for every route and none besides', () => {
    expect(Object.keys(clientFrameSchemas)).toEqual([...socketRoutes]);
  });

  it.each(named)('[SE4] may be %s', (_, frame) => {
    expect(verdict(frame)).toEqual(accepted);
    expect(verdict({ ...frame, requestId: 'r'.repeat(64) } as Frame)).toEqual(accepted);
  });

  it.each(named)('[SE4] may not be %s with a field that it does not know', (_, frame) => {
    const schema = clientFrameSchemas[frame.type];
    for (const key of ['userId', 'Type', 'requestid', '', ...trickyKeys]) {
      for (const value of [1, null, { isAdmin: true }, {}]) {
        expect(verdictOn(schema, withField(frame, key, value))).toEqual(['unrecognized_keys']);
      }
    }
  });

  it.each(named)('[SE4] may not be %s with a field missing, or inherited', (_, frame) => {
    const schema = clientFrameSchemas[frame.type];
    for (const key of Object.keys(frame)) {
      const { [key as keyof Frame]: value, ...rest } = frame;
      expect(accepts(schema, rest)).toBe(false);
      expect(accepts(schema, withField(rest, '__proto__', { [key]: value }))).toBe(false);
      expect(accepts(schema, { ...frame, [key]: null })).toBe(false);
    }
  });

  it.each(named)('[SE4] may not be %s under another type', (_, frame) => {
    for (const type of [...socketRoutes, 'Hello', '$default', '', '__proto__', 7, null]) {
      if (type === frame.type) continue;
      expect(accepts(clientFrameSchemas[frame.type], { ...frame, type })).toBe(false);
    }
  });

  it.each([[null], [[]], ['ping'], [7], [true], [undefined], [[{ type: 'ping' }]]])(
    '[SE4] may not be %o',
    (value) => {
      for (const schema of Object.values(clientFrameSchemas))
        expect(accepts(schema, value)).toBe(false);
    },
  );

  it.each([['r'.repeat(65)], [7], [null], [{}], [['r']]])(
    '[SE4] may not have the requestId %o',
    (requestId) => {
      for (const frame of frames) {
        expect(accepts(clientFrameSchemas[frame.type], { ...frame, requestId })).toBe(false);
      }
    },
  );
});

describe('ids and seqs in frames', () => {
  it.each(badIds)('[SE4] an id may not be one %s, wherever it stands', (_, id) => {
    const inGroups = [{ type: 'subscribe_group' as const, groupIds: ['team', id] }];
    const inMentions = changed('content', 'hi').map((frame) => ({
      ...frame,
      mentions: ['bo', id],
    }));
    const frames = [
      ...changed('groupId', id),
      ...changed('clientMessageId', id),
      ...inGroups,
      ...inMentions,
    ];
    expect(frames).toHaveLength(10);
    for (const frame of frames) expect(verdict(frame)).not.toEqual(accepted);
  });

  it.each(goodIds)('[SE4] a group may be called %s', (id) => {
    for (const frame of changed('groupId', id)) expect(verdict(frame)).toEqual(accepted);
  });

  it.each(badSeqs.map((seq) => [seq]))('[SE4] a seq may not be %o', (seq) => {
    const frames = [...changed('upTo', seq), ...changed('fromSeq', seq)];
    expect(frames).toHaveLength(3);
    for (const frame of frames) expect(verdict(frame)).not.toEqual(accepted);
  });

  it.each(goodSeqs)('[SE4] a seq may be %s', (seq) => {
    for (const frame of changed('upTo', seq)) expect(verdict(frame)).toEqual(accepted);
  });

  it.each(['team', 'team.0', 'team#1', '.1', 'team.1\n', ''])(
    '[SE4] a message id may not be %o, alone or in a list',
    (id) => {
      const frames = [...changed('messageId', id), ...changed('messageIds', ['team.1', id])];
      expect(frames).toHaveLength(5);
      for (const frame of frames) expect(verdict(frame)).not.toEqual(accepted);
    },
  );
});

describe('mark_read and mark_delivered', () => {
  const position = { groupId: 'team', upTo: 9 };
  const list = { messageIds: ['team.1'] };
  const single = { messageId: 'team.1' };

  it.each<[object]>([
    [{}],
    [{ groupId: 'team' }],
    [{ upTo: 9 }],
    [{ ...position, ...list }],
    [{ ...position, ...single }],
    [{ ...list, ...single }],
    [{ ...position, ...list, ...single }],
    [{ ...list, groupId: 'team' }],
    [{ ...list, upTo: 9 }],
    [{ ...single, groupId: 'team' }],
    [{ ...single, upTo: 9 }],
    [{ ...position, fromSeq: 1 }],
  ])('[RD1] [SE4] name exactly one target: not %o', (target) => {
    for (const type of ['mark_read', 'mark_delivered'] as const) {
      expect(verdict({ type, ...target })).not.toEqual(accepted);
    }
  });

  it.each([
    [1, accepted],
    [100, accepted],
    [0, ['too_small messageIds']],
    [101, ['too_big messageIds']],
    [10_000, ['too_big messageIds']],
  ])('[SE4] with %i message ids', (count, expected) => {
    const messageIds = Array.from({ length: count }, (_, i) => `team.${i + 1}`);
    for (const type of ['mark_read', 'mark_delivered'] as const) {
      expect(verdictOn(clientFrameSchemas[type], { type, messageIds })).toEqual(expected);
    }
  });

  it('[SE4] says of too many that it is a list that is too long, and of a seq that it is not', () => {
    const issuesOf = (fields: object) =>
      z.safeParse(clientFrameSchemas.mark_read, { type: 'mark_read', ...fields }).error?.issues;
    const tooMany = issuesOf({ messageIds: Array(101).fill('team.1') });
    expect(tooMany).toMatchObject([{ code: 'too_big', origin: 'array' }]);
    const tooHigh = issuesOf({ groupId: 'team', upTo: 2 ** 53 });
    expect(tooHigh).not.toMatchObject([{ origin: 'array' }]);
  });
});

describe('subscribe_group', () => {
  it.each<[object, string[]]>([
    [{}, ['custom']],
    [{ groupId: 'team', groupIds: ['club'] }, ['custom']],
    [{ groupIds: [] }, ['too_small groupIds']],
    [{ groupIds: Array(50).fill('team') }, accepted],
    [{ groupIds: Array(51).fill('team') }, ['too_big groupIds']],
    [{ groupIds: 'team' }, ['invalid_type groupIds']],
  ])('[SE4] takes one group or a list of fifty: %o', (target, expected) => {
    expect(verdict({ type: 'subscribe_group', ...target })).toEqual(expected);
  });
});
