export type Point = readonly [x: number, y: number];

/**
 * The exponent b of the curve a·x^b that is closest to the points, by least squares of the logarithms.
 * 0 is a flat line, 1 is twice as much for twice as many.
 */
export function exponentOf(points: readonly Point[]): number {
  const logs = points
    .filter(([x, y]) => x > 0 && y > 0)
    .map(([x, y]): Point => [Math.log(x), Math.log(y)]);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const [meanX, meanY] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const [together, alone] = logs.reduce(
    ([xy, xx], [x, y]) => [xy + (x - meanX) * (y - meanY), xx + (x - meanX) ** 2],
    [0, 0],
  );
  return together / alone;
}
