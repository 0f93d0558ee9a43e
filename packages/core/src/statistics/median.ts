/** Whole numbers, as something that can be asked how many there are up to a value. */
export interface Sample {
  count: number;
  max: number;
  countUpTo(value: number): number;
}

/** All the numbers, ascending. */
export function sampleOf(sorted: Float64Array): Sample {
  return {
    count: sorted.length,
    max: sorted.at(-1) ?? 0,
    countUpTo(value) {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** Numbers of which only their median is known any more. */
export const sampleAt = (median: number, count: number): Sample => ({
  count,
  max: median,
  countUpTo: (value) => (value >= median ? count : 0),
});

/** The exact median of all samples together, without putting them together; null of nothing. */
export function medianOf(samples: readonly Sample[]): number | null {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  if (count === 0) return null;
  const low = nthOf(samples, Math.floor((count + 1) / 2));
  const high = nthOf(samples, Math.floor(count / 2) + 1);
  return Math.round((low + high) / 2);
}

/** The n-th smallest number: the least value that n numbers do not exceed. */
function nthOf(samples: readonly Sample[], n: number): number {
  let low = 0;
  let high = samples.reduce((max, sample) => Math.max(max, sample.max), 0);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const upTo = samples.reduce((sum, sample) => sum + sample.countUpTo(middle), 0);
    if (upTo >= n) high = middle;
    else low = middle + 1;
  }
  return low;
}
