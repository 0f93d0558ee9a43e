import {
  idSchema,
  messageIdSchema,
  messageIdsSchema,
  seqSchema,
} from '@seenby/protocol/ids/identifiers.ts';
import { fromMessageId, toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { describe, expect, it } from 'vitest';
import { fc } from '../../support/properties.ts';
import { badIds, badSeqs, goodIds, goodSeqs } from './awkward-inputs.ts';
import { accepted, accepts, verdictOn } from './safe-parse.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@|:+=~!$-'];
const ids = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 128 });
const texts = fc.string();
/** One character of all that there are, among good ones. */
const nearIds = fc
  .tuple(ids, fc.integer({ min: 0, max: 0xffff }), ids)
  .map(([before, code, after]) => before + String.fromCharCode(code) + after);
const seqs = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe('an id', () => {
  it.each(goodIds)('[SE4] [SE10] may be %s', (id) => expect(accepts(idSchema, id)).toBe(true));

  it.each(badIds)('[SE4] may not be one %s', (_, id) => expect(accepts(idSchema, id)).toBe(false));

  it('[SE4] is letters, digits and _.@|:+=~!$-, of 1 to 128, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(texts, nearIds, ids), (text) => {
        const plain = [...text].every((c) => letters.includes(c));
        expect(accepts(idSchema, text)).toBe(plain && text.length >= 1 && text.length <= 128);
      }),
    );
  });
});

describe('a seq', () => {
  it.each(goodSeqs)('[SE4] may be %s', (seq) => expect(accepts(seqSchema, seq)).toBe(true));

  it.each(badSeqs.map((seq) => [seq]))('[SE4] may not be %o', (seq) => {
    expect(accepts(seqSchema, seq)).toBe(false);
  });
});

describe('a message id', () => {
  it('[SE4] tells group and seq, and is the only one that does', () => {
    fc.assert(
      fc.property(ids, seqs, (groupId, seq) => {
        const messageId = toMessageId({ groupId, seq });
        expect(verdictOn(messageIdSchema, messageId)).toEqual(accepted);
        expect(fromMessageId(messageId)).toEqual({ groupId, seq });
      }),
    );
  });

  it('[SE4] that is accepted stands for one message, and is written one way', () => {
    const nearly = fc
      .tuple(
        fc.oneof(ids, fc.constant('')),
        fc.constantFrom('.', '..', '#', ''),
        fc.stringMatching(/^[0-9]{1,15}$/),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nearly, (text) => {
        if (!accepts(messageIdSchema, text)) return;
        const address = fromMessageId(text);
        expect(accepts(idSchema, address.groupId)).toBe(true);
        expect(accepts(seqSchema, address.seq)).toBe(true);
        expect(toMessageId(address)).toBe(text);
      }),
    );
  });

  it.each(
    [
      ['', 'team', 'team.', '.1', 'team.0', 'team.-1', 'team.01', 'team.1e3'],
      ['team.1 ', ' team.1', 'team.1\n', 'team#1', 'te#am.1', 'team.１', 'team.0x1'],
      [`${'a'.repeat(129)}.1`, `team.${'9'.repeat(17)}`, 7, null, ['team.1'], {}],
    ]
      .flat()
      .map((text) => [text]),
  )('[SE4] may not be %o', (text) => {
    expect(accepts(messageIdSchema, text)).toBe(false);
  });

  it('[SE4] comes a hundred at a time at most, and at least alone', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `team.${i + 1}`);
    expect(verdictOn(messageIdsSchema, many(1))).toEqual(accepted);
    expect(verdictOn(messageIdsSchema, many(100))).toEqual(accepted);
    expect(verdictOn(messageIdsSchema, many(0))).toEqual(['too_small']);
    expect(verdictOn(messageIdsSchema, many(101))).toEqual(['too_big']);
    expect(verdictOn(messageIdsSchema, many(10_000))).toEqual(['too_big']);
    expect(verdictOn(messageIdsSchema, ['team.1', 'team.0'])).toEqual(['invalid_format 1']);
  });
});
