import type { Authenticate } from '../../../functions/auth/authenticate.ts';
import { fanOutHandler } from '../../../functions/handlers/fan-out-handler.ts';
import { httpHandler } from '../../../functions/handlers/http-handler.ts';
import {
  type AnswerPorts,
  answerParts,
  fanOutParts,
  storeParts,
} from '../../../functions/handlers/parts.ts';
import { pushHandler } from '../../../functions/handlers/push-handler.ts';
import { recorderHandler } from '../../../functions/handlers/recorder-handler.ts';
import { socketHandler } from '../../../functions/handlers/socket-handler.ts';

/** As the stack sets them by default. */
export const usualSettings = { retentionDays: 30, directPushMembers: 20, postsPerSecond: 5000 };
const usualWindows = { windowMs: 1000, bigGroupWindowMs: 2000 };

/** The handler of each Lambda, made with its ports. */
export const lambdas = {
  http: (ports: AnswerPorts, authenticate: Authenticate) =>
    httpHandler({ ...answerParts(ports), authenticate }),
  socket: (ports: AnswerPorts) => socketHandler({ ...answerParts(ports), presence: false }),
  recorder: (ports: AnswerPorts) => recorderHandler({ ...storeParts(ports), bus: undefined }),
  fanOut: (ports: AnswerPorts) => fanOutHandler(fanOutParts(ports, usualWindows)),
  push: (ports: AnswerPorts) => pushHandler(fanOutParts(ports, usualWindows)),
};
