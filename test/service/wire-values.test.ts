import { deepStrictEqual } from 'node:assert';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { it } from 'vitest';
import { fc } from '../support/properties.ts';
import { decodeBinaries, encodeBinaries } from '../support/service/binaries.ts';
import { fromWire, toWire } from '../support/service/wire-values.ts';

const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'S', 'M', '0'));
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'binary' }),
    fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.bigInt(), fc.constant(-0)),
    fc.oneof(
      fc.boolean(),
      fc.constantFrom<unknown>(null, undefined, () => {}, new Date(0)),
    ),
    fc.uint8Array().chain((bytes) => fc.constantFrom(bytes, Buffer.from(bytes))),
    fc.oneof(
      fc.uniqueArray(fc.string()).map((all) => new Set(all)),
      fc.uniqueArray(fc.integer()).map((all) => new Set(all)),
      fc.array(fc.uint8Array()).map((all) => new Set(all)),
    ),
    fc.array(tie('value')),
    fc.dictionary(names, tie('value')),
    fc.array(fc.tuple(names, tie('value'))).map((all) => new Map(all)),
  ),
}));

const outcomeOf = (convert: () => unknown): unknown => {
  try {
    return { value: convert() };
  } catch (error) {
    return { error: String(error) };
  }
};

const bySdk = (value: unknown): unknown =>
  encodeBinaries(marshall(value as object, { convertTopLevelContainer: true }) as never);

const nativeBySdk = (wire: unknown): unknown =>
  unmarshall(decodeBinaries(wire as never) as never, { convertWithoutMapWrapper: true });

it('converts every value as the SDK does', () => {
  fc.assert(
    fc.property(values, (value) => {
      const wire = outcomeOf(() => toWire(value));
      // Not of vitest: that takes an attribute called `constructor` for the class of the value.
      deepStrictEqual(
        wire,
        outcomeOf(() => bySdk(value)),
      );
      const { value: made } = wire as { value?: unknown };
      if (made !== undefined) deepStrictEqual(fromWire(made), nativeBySdk(made));
    }),
    { numRuns: 500 },
  );
});
