/** The files under `functions/` that export a `handler`, one for each Lambda, without their ending. */
export const handlerFiles = [
  'authorizer',
  'fan-out',
  'http',
  'maintenance',
  'push',
  'recorder',
  'socket',
  'webhook',
] as const;

export type HandlerFile = (typeof handlerFiles)[number];
