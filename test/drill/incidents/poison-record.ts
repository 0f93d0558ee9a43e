import assert from 'node:assert/strict';
import { Night } from '../night.ts';
import type { Incident } from './incident.ts';
import { putUnreadableRow } from './unreadable-row.ts';

/** A row that no version of the consumers can read is in the stream. */
export const poisonRecord: Incident = async (options) => {
  const night = new Night(options);
  try {
    await night.startService();
    await night.comeOnline();
    night.talk();
    await night.heard();

    await putUnreadableRow(night);
    night.say('A row is in the table that the consumers cannot read.');
    night.talk(2);
    await night.heard();
    await night.cloud.drained();
    const letters = Object.entries(night.cloud.deadLetters()).filter(([, all]) => all.length > 0);
    for (const [queue, all] of letters) night.say(`${queue} has ${all.length} dead letters.`);
    assert.equal(letters.length, 2);
    night.pass(1);
    night.expectAlarms('RecorderDeadLetters', 'FanOutDeadLetters');
    night.expectLogged('stream record cannot be read');
    await night.expectGoodEnd();
    await night.purge('RecorderStreamDeadLetters');
    await night.purge('FanOutStreamDeadLetters');
    night.expectQuietAfter(6);
  } finally {
    await night.end();
  }
};
