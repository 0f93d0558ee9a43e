import { format } from 'node:util';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof levels)[number];

export interface LambdaConsoleOptions {
  /** As in AWS_LAMBDA_LOG_FORMAT: `JSON`, anything else is text. */
  logFormat: string | undefined;
  /** As in AWS_LAMBDA_LOG_LEVEL; what is below it is dropped. */
  logLevel: string | undefined;
  requestId: () => string | undefined;
  nowMs: () => number;
  write: (line: string) => void;
}

type Log = (...params: unknown[]) => void;

/** The methods of `console` as Lambda's Node.js runtime replaces them: one log event for each call. */
export function createLambdaConsole(options: LambdaConsoleOptions): Record<string, Log> {
  const lowest = Math.max(0, levels.indexOf(options.logLevel?.toUpperCase() as Level));
  const toLine = options.logFormat?.toUpperCase() === 'JSON' ? jsonLine : textLine;
  const at = (level: Level): Log =>
    levels.indexOf(level) < lowest
      ? () => {}
      : (...params) => {
          const timestamp = new Date(options.nowMs()).toISOString();
          options.write(toLine({ timestamp, level, requestId: options.requestId() }, params));
        };
  const info = at('INFO');
  return {
    ...{ trace: at('TRACE'), debug: at('DEBUG'), info, log: info, warn: at('WARN') },
    ...{ error: at('ERROR'), fatal: at('FATAL') },
  };
}

interface Head {
  timestamp: string;
  level: Level;
  /** Absent while the function loads. */
  requestId: string | undefined;
}

function textLine({ timestamp, level, requestId }: Head, params: unknown[]): string {
  return `${timestamp}\t${requestId}\t${level}\t${format(...params)}`;
}

/**
 * A single argument becomes the message as it is: an object stays one, and a string stays a string,
 * JSON or not. Several are formatted into one text, and the first error among them adds its fields.
 */
function jsonLine(head: Head, params: unknown[]): string {
  if (params.length !== 1) {
    const error = params.find((param) => param instanceof Error);
    const message = format(...params);
    return JSON.stringify({ ...head, message, ...(error && errorFields(error)) });
  }
  try {
    return JSON.stringify({ ...head, message: params[0] }, (_, value) =>
      value instanceof Error ? { ...errorFields(value), ...value } : value,
    );
  } catch {
    // Circular, or a bigint.
    return JSON.stringify({ ...head, message: format(params[0]) });
  }
}

function errorFields(error: Error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}
