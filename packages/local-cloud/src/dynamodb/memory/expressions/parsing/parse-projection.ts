import type { Parsed, Path } from '../syntax.ts';
import { Parser } from './parser.ts';

export function parseProjection(source: string): Parsed<readonly Path[]> {
  const parser = new Parser('ProjectionExpression', source);
  return parser.finish(parser.list(() => parser.path()));
}
