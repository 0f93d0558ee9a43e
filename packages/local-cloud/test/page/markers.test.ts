import { expect, it } from 'vitest';
import { encodeMarkers, replaceMarkers } from '../../src/page/markers.ts';

it.each([
  [{}, 'a "b"', 'a "b"'],
  [{ jsonEscape: true }, 'a "b"', 'a \\"b\\"'],
  [{ jsonEscape: true }, ['a', 1], '["a",1]'],
  [{ markerEncodings: { '<<0>>': 'JSON_VALUE' } }, 'a', '"a"'],
  [{}, '$&', '$&'],
])('with %j the value %j becomes %s', (config, value, text) => {
  expect(replaceMarkers('<<0>>,<<0>>', encodeMarkers({ '<<0>>': value }, config))).toBe(
    `${text},${text}`,
  );
});

it('refuses an encoding that it does not know', () => {
  const config = { markerEncodings: { '<<0>>': 'YAML_STRING' } };
  expect(() => encodeMarkers({ '<<0>>': 'a' }, config)).toThrow('marker encoding YAML_STRING');
});
