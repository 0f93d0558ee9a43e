import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../../bench/charts/chart-svg.ts';
import { exponentOf } from '../../../bench/charts/exponent.ts';

describe('a fitted exponent', () => {
  const sizes = [1, 10, 100, 1000];

  it.each([0, 0.5, 1, 2])('of a curve with the exponent %d is that', (exponent) => {
    expect(exponentOf(sizes.map((x) => [x, 7 * x ** exponent]))).toBeCloseTo(exponent, 9);
  });

  it('lies between where a curve bends, and leaves out what has no logarithm', () => {
    expect(exponentOf([[0, 5], ...sizes.map((x) => [x, x + 10] as const)])).toBeGreaterThan(0.5);
    expect(exponentOf([[0, 5], ...sizes.map((x) => [x, x + 10] as const)])).toBeLessThan(0.8);
  });
});

describe('a chart', () => {
  const svg = chartSvg({
    ...{ name: 'a', title: 'Frames & bytes', xTitle: 'members' },
    series: [
      {
        name: 'Seenby',
        points: [
          [10, 20],
          [1000, 2000],
        ],
      },
      { name: 'other', points: [[100, 200]] },
    ],
  });

  it('has a dot for each point, a line for each series, and a tick for each power of ten', () => {
    expect(svg.match(/<circle class="c\d" cx="[\d.]+" cy="[\d.]+" r="3"/g)).toHaveLength(3);
    expect(svg.match(/<path class="series/g)).toHaveLength(2);
    for (const tick of ['10', '100', '1,000', '10,000']) expect(svg).toContain(`>${tick}</text>`);
  });

  it('puts the ends of a straight curve on a straight line through its middle', () => {
    const [first, last, middle] = [...svg.matchAll(/cx="([\d.]+)" cy="([\d.]+)" r="3"/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
    expect(middle?.[0]).toBeCloseTo(((first?.[0] ?? 0) + (last?.[0] ?? 0)) / 2, 0);
    expect(middle?.[1]).toBeCloseTo(((first?.[1] ?? 0) + (last?.[1] ?? 0)) / 2, 0);
  });

  it('is made for light and dark pages, and escapes its words', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('Frames &amp; bytes');
  });
});
