import type { Authenticate } from '../../../functions/auth/authenticate.ts';
import type { EventBus } from '../../../functions/events/event-bus.ts';
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
import type { SetAside } from '../../../functions/runtime/dead-letters.ts';
import type { InvokedAs } from '../../../functions/stream/handle-batch.ts';

/** As the stack sets them by default. */
export const usualSettings = { retentionDays: 30, directPushMembers: 20, postsPerSecond: 5000 };
const usualWindows = { windowMs: 1000, bigGroupWindowMs: 2000 };

/** What cannot be read comes again: there is no queue. */
const setAside: SetAside = async (records) => [...records];

const invoked =
  <Event, Answer>(handler: (event: Event, invokedAs: InvokedAs) => Answer) =>
  (event: Event) =>
    handler(event, { invokedFunctionArn: '' });

/** The handler of each Lambda, made with its ports. */
export const lambdas = {
  http: (ports: AnswerPorts, authenticate: Authenticate) =>
    httpHandler({ ...answerParts(ports), authenticate }),
  socket: (ports: AnswerPorts) => socketHandler({ ...answerParts(ports), presence: false }),
  recorder: (ports: AnswerPorts, bus?: EventBus) =>
    invoked(recorderHandler({ ...storeParts(ports), bus, setAside })),
  fanOut: (ports: AnswerPorts) =>
    invoked(fanOutHandler(fanOutParts(ports, usualWindows), setAside)),
  push: (ports: AnswerPorts) => pushHandler(fanOutParts(ports, usualWindows)),
};
