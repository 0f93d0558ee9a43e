import { Monitoring } from '../monitoring/monitoring.ts';
import type { CalledServices } from './services.ts';
import type { Stack } from './stack.ts';

/** The template's metrics and alarms. They start to be evaluated with `start`. */
export function createMonitoring(
  { template, clock, log, note }: Stack,
  { queues, deadLetters }: CalledServices,
): Monitoring {
  return new Monitoring(template, {
    ...{ clock, log, note },
    sampleQueues: () =>
      queues.samples().map((sample) => ({
        ...sample,
        visible: sample.visible + deadLetters.visibleIn(sample.queueArn, clock.nowMs()),
      })),
  });
}
