import { describe, expect, it } from 'vitest';
import { createLambdaConsole } from '../../src/lambda/lambda-console.ts';

function open(logFormat: string, logLevel = 'INFO', requestId: string | undefined = 'r-1') {
  const lines: string[] = [];
  const lambdaConsole = createLambdaConsole({
    ...{ logFormat, logLevel, requestId: () => requestId },
    nowMs: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    write: (line) => lines.push(line),
  });
  const log = (level: string, ...params: unknown[]) => lambdaConsole[level]?.(...params);
  const events = () => lines.map((line): unknown => JSON.parse(line));
  return { log, lines, events };
}

const head = { timestamp: '2026-01-02T03:04:05.006Z', requestId: 'r-1' };

describe('[AW1] a log event in JSON', () => {
  it('keeps an object an object, and a string a string even where it holds JSON', () => {
    const { log, events } = open('JSON');
    log('error', { what: 'request failed', status: 500 });
    log('error', JSON.stringify({ what: 'request failed' }));
    expect(events()).toEqual([
      { ...head, level: 'ERROR', message: { what: 'request failed', status: 500 } },
      { ...head, level: 'ERROR', message: '{"what":"request failed"}' },
    ]);
  });

  it('shows an error by its type, message and stack, inside an object too', () => {
    const { log, events } = open('JSON');
    const error = Object.assign(new RangeError('too far'), { code: 7 });
    log('warn', error);
    log('warn', { error });
    const shown = {
      ...{ errorType: 'RangeError', errorMessage: 'too far', code: 7 },
      stackTrace: error.stack?.split('\n'),
    };
    expect(events()).toEqual([
      { ...head, level: 'WARN', message: shown },
      { ...head, level: 'WARN', message: { error: shown } },
    ]);
  });

  it('formats several arguments into a text, with the fields of the error beside it', () => {
    const { log, events } = open('JSON');
    log('log', 'read %d of', 3, { a: 1 });
    log('info', 'failed:', new Error('x'));
    expect(events()).toEqual([
      { ...head, level: 'INFO', message: 'read 3 of { a: 1 }' },
      expect.objectContaining({ level: 'INFO', errorType: 'Error', errorMessage: 'x' }),
    ]);
  });

  it('writes what JSON cannot hold as text', () => {
    const { log, events } = open('JSON');
    const circle: { self?: unknown } = {};
    circle.self = circle;
    log('error', circle);
    expect(events()).toEqual([
      { ...head, level: 'ERROR', message: expect.stringContaining('Circular') },
    ]);
  });

  it('is dropped below the level of the function', () => {
    const { log, lines } = open('JSON', 'WARN');
    for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal'])
      log(level, level);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['warn', 'error', 'fatal']);
  });
});

describe('[AW1] a log event in text', () => {
  it('has time, request and level in front', () => {
    const { log, lines } = open('Text', '');
    log('debug', 'one', { a: 1 });
    expect(lines).toEqual(['2026-01-02T03:04:05.006Z\tr-1\tDEBUG\tone { a: 1 }']);
  });
});
