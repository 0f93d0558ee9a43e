import assert from 'node:assert/strict';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';

/** A release throws in every function, for every request, and is taken back. */
export const badRelease: Incident = async (options) => {
  const night = new Night(options);
  const functions = ['Authorizer', 'Socket', 'Http', 'Recorder', 'FanOut', 'Push'];
  try {
    await night.startService();
    await night.comeOnline();
    night.talk();
    await night.heard();

    for (const name of functions) night.stack.break(name);
    night.say('A release went out whose functions throw.');
    night.talk(2);
    for (const { group } of night.people) group.typing();
    const codes = await night.askAll(2);
    // Both APIs have had more than five faults.
    await night.until('faults', () =>
      Object.values(night.graph('Faults')).every((value = 0) => value > 5),
    );
    assert.deepEqual(codes, ['INTERNAL']);
    night.pass(1);
    night.expectAlarms('HttpFaults', 'HttpFunctionFaults', 'SocketFaults', 'SocketFunctionFaults');
    night.showGraphs('Faults');
    night.expectLogged('"level":"ERROR"');

    for (const name of functions) night.stack.mend(name);
    const mendedAtMs = performance.now();
    night.say('The last good version is deployed again.');
    await night.expectGoodEnd();
    night.say(`That took ${Math.round(performance.now() - mendedAtMs)} ms from then on.`);
    await night.clearDeadLetters();
    night.expectQuietAfter(6);
  } finally {
    await night.end();
  }
};
