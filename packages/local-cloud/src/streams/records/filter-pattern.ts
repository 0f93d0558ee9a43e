/** Filters of an event source mapping: Lambda's dialect of EventBridge patterns. Pure. */

/** `FilterCriteria` of an event source mapping. */
export interface FilterCriteria {
  Filters?: { Pattern?: string }[];
}

type Pattern = { [key: string]: unknown };

/**
 * True for the records the mapping wants: those that match any filter, or all of them without one.
 * Throws an Error naming the pattern if one is not valid, as the deployment would.
 */
export function compileFilter(criteria: FilterCriteria | undefined): (record: unknown) => boolean {
  const patterns = (criteria?.Filters ?? []).map(({ Pattern: text = '{}' }) => {
    try {
      return compile(JSON.parse(text));
    } catch (cause) {
      throw new Error(`Invalid filter pattern ${text}: ${(cause as Error).message}`, { cause });
    }
  });
  if (patterns.length === 0) return () => true;
  return (record) => patterns.some((matches) => matches([record]));
}

/** Matches the values found at one place; several when an array lies above it, none when absent. */
type Matcher = (values: readonly unknown[]) => boolean;

function compile(pattern: unknown): Matcher {
  if (Array.isArray(pattern)) return compileLeaf(pattern);
  if (!isObject(pattern)) throw new Error('values must be in an array');
  const fields = Object.entries(pattern).map(([key, value]): Matcher => {
    if (key === '$or') return compileOr(value);
    const matches = compile(value);
    return (values) => matches(values.flatMap((parent) => childrenOf(parent, key)));
  });
  return (values) => fields.every((matches) => matches(values));
}

function compileOr(alternatives: unknown): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new Error('$or needs an array of two or more patterns');
  }
  const matchers = alternatives.map(compile);
  return (values) => matchers.some((matches) => matches(values));
}

/** Arrays are transparent: a pattern looks at each of their elements. */
function childrenOf(parent: unknown, key: string): unknown[] {
  if (Array.isArray(parent)) return parent.flatMap((item) => childrenOf(item, key));
  return isObject(parent) && Object.hasOwn(parent, key) ? [parent[key]] : [];
}

function compileLeaf(alternatives: unknown[]): Matcher {
  const matchers = alternatives.map(compileAlternative);
  return (values) => {
    const leaves = values.flat(Number.POSITIVE_INFINITY).filter((value) => !isObject(value));
    return matchers.some((matches) => matches(leaves));
  };
}

function compileAlternative(alternative: unknown): Matcher {
  if (!isObject(alternative)) return (leaves) => leaves.includes(alternative);
  const { operator, operand } = onlyEntry(alternative);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw new Error('exists needs true or false');
    return (leaves) => leaves.length > 0 === operand;
  }
  const test = compileTest(operator, operand);
  return (leaves) => leaves.some(test);
}

type Test = (leaf: unknown) => boolean;

function compileTest(operator: string, operand: unknown): Test {
  switch (operator) {
    case 'prefix':
      return testText(operand, (leaf, text) => leaf.startsWith(text));
    case 'suffix':
      return testText(operand, (leaf, text) => leaf.endsWith(text));
    case 'equals-ignore-case':
      return testText(operand, (leaf, text) => leaf.toLowerCase() === text.toLowerCase());
    case 'anything-but':
      return testAnythingBut(operand);
    case 'numeric':
      return testNumber(operand);
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

function testText(operand: unknown, compare: (leaf: string, text: string) => boolean): Test {
  if (typeof operand !== 'string') throw new Error('a string is needed');
  return (leaf) => typeof leaf === 'string' && compare(leaf, operand);
}

/** A value, a list of values, or one operator on text (with one text or a list of them). */
function testAnythingBut(operand: unknown): Test {
  if (!isObject(operand)) {
    const unwanted = Array.isArray(operand) ? operand : [operand];
    return (leaf) => !unwanted.includes(leaf);
  }
  const inner = onlyEntry(operand);
  const texts = Array.isArray(inner.operand) ? inner.operand : [inner.operand];
  const tests = texts.map((text) => compileTest(inner.operator, text));
  return (leaf) => !tests.some((test) => test(leaf));
}

const comparisons: Record<string, (leaf: number, limit: number) => boolean> = {
  '=': (leaf, limit) => leaf === limit,
  '<': (leaf, limit) => leaf < limit,
  '<=': (leaf, limit) => leaf <= limit,
  '>': (leaf, limit) => leaf > limit,
  '>=': (leaf, limit) => leaf >= limit,
};

/** Numbers only: DynamoDB's own numbers are strings in a record, and no number to a filter. */
function testNumber(operand: unknown): Test {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) {
    throw new Error('numeric needs pairs of a comparison and a number');
  }
  const tests = Array.from({ length: operand.length / 2 }, (_, pair) => {
    const compare = comparisons[String(operand[pair * 2])];
    const limit: unknown = operand[pair * 2 + 1];
    if (compare === undefined || typeof limit !== 'number') {
      throw new Error('numeric needs pairs of a comparison and a number');
    }
    return (leaf: number) => compare(leaf, limit);
  });
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function onlyEntry(pattern: Pattern): { operator: string; operand: unknown } {
  const [only, ...others] = Object.entries(pattern);
  if (only === undefined || others.length > 0) throw new Error('one operator at a time');
  return { operator: only[0], operand: only[1] };
}

function isObject(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
