import { describe, expect, it } from 'vitest';
import { secretsIn, unexpectedErrorsOf } from '../../support/setup/unexpected-errors.ts';

const invocation = {
  ...{ functionName: 'Http', logGroupName: 'HttpLogs', requestId: '1', durationMs: 1 },
  ...{ coldStart: false, lines: [] as string[] },
};
const logged = (level: string) => JSON.stringify({ level, message: { what: 'push failed' } });

it('is what a function logs as an error, although its invocation succeeds', () => {
  const lines = [logged('WARN'), logged('ERROR'), 'text', '[]', 'null', logged('INFO')];
  expect(unexpectedErrorsOf({ ...invocation, lines })).toEqual([`Http: ${logged('ERROR')}`]);
});

it('is an invocation that fails, with all that it printed', () => {
  const error = 'Sandbox.Timedout: Task timed out after 20.00 seconds';
  const lines = ['text'];
  expect(unexpectedErrorsOf({ ...invocation, lines, error })).toEqual([
    `Http: ${error}`,
    'Http: text',
  ]);
});

it.each(['Error: Unauthorized', 'Sandbox.Stopped: The local cloud is stopping'])(
  'is not the outcome %s, but what is logged beside it',
  (error) => {
    expect(unexpectedErrorsOf({ ...invocation, error })).toEqual([]);
    const [errorType, errorMessage] = error.split(': ');
    const thrown = JSON.stringify({ level: 'ERROR', message: { errorType, errorMessage } });
    const lines = [logged('ERROR'), thrown];
    expect(unexpectedErrorsOf({ ...invocation, error, lines })).toHaveLength(1);
  },
);

describe('[SE6] a secret in a log', () => {
  const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';
  it.each([
    `GET /me/unread?token=${token}`,
    `{"authorization":"Bearer ${token}"}`,
    'content: Hello',
  ])('is found, whatever the line is: %s', (line) => {
    expect(secretsIn({ ...invocation, lines: ['other', line] })).toEqual([
      `Http logged a secret: ${line}`,
    ]);
    expect(secretsIn({ ...invocation, error: line, lines: [] })).toHaveLength(1);
  });

  it('is not what only looks like one', () => {
    expect(secretsIn({ ...invocation, lines: ['eyJ', 'hello world', 'group-eyJhbGci'] })).toEqual(
      [],
    );
  });
});
