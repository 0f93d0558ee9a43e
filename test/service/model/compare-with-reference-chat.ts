import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReferenceChat } from '../../support/reference/reference-chat.ts';
import { groupsOf } from '../../support/reference/reference-views.ts';
import { openingScene, type Setting, settings } from './support/cast.ts';
import { checkList } from './support/checks/check-answers.ts';
import { add, changeSettings, giveRole, remove } from './support/group-steps.ts';
import { markBoth, markSet, markUpTo } from './support/marking-steps.ts';
import { markUnread, play, recall, send } from './support/message-steps.ts';
import { ServedChat } from './support/served-chat.ts';
import { stepsOf, type World } from './support/step.ts';
import { SyncingClient } from './support/syncing-client.ts';
import { giveReceipts, record, syncFromOld, waitDays } from './support/world-steps.ts';

const retentionDays = 3;
/** A story may have any number of steps up to here: more than 60 on average. */
const maxSteps = 130;

const often = <T>(times: number, of: T): T[] => Array.from({ length: times }, () => of);

const steps = [
  ...often(12, stepsOf(send)),
  ...often(8, stepsOf(markUpTo)),
  ...often(6, stepsOf(markSet)),
  ...often(5, stepsOf(record)),
  ...often(3, stepsOf(add)),
  ...often(3, stepsOf(remove)),
  ...often(3, stepsOf(play)),
  ...often(3, stepsOf(markUnread)),
  ...often(2, stepsOf(markBoth)),
  ...often(2, stepsOf(recall)),
  ...often(2, stepsOf(giveRole)),
  ...often(2, stepsOf(changeSettings)),
  ...often(2, stepsOf(giveReceipts)),
  ...often(2, stepsOf(syncFromOld)),
  stepsOf(waitDays),
];

/** Which runs to make. A failure prints the seed, the path and the replay path to give here. */
export interface Runs {
  seed: number;
  numRuns: number;
  path?: string | undefined;
  replayPath?: string | undefined;
  timeLimitMs: number;
}

/**
 * Plays random stories against the service and against the reference chat. Throws at a difference, and
 * when something was never compared.
 */
export async function compareWithReferenceChat(runs: Runs): Promise<void> {
  const served = await ServedChat.open(retentionDays);
  const { replayPath, seed, numRuns, path, timeLimitMs } = runs;
  const story = fc.commands(steps, {
    maxCommands: maxSteps,
    size: 'max',
    ...(replayPath !== undefined && { replayPath }),
  });
  let run = 0;
  let stepsTaken = 0;
  const property = fc.asyncProperty(settings, story, async (setting, commands) => {
    const [chat, world] = await open(served, setting, `${++run}`);
    stepsTaken += [...commands].length;
    await fc.asyncModelRun(() => ({ model: chat, real: world }), commands);
    await checkTimes(chat, world);
  });
  await fc.assert(property, {
    seed,
    numRuns,
    ...(path !== undefined && { path }),
    interruptAfterTimeLimit: timeLimitMs,
    markInterruptAsFailure: true,
  });
  const stories = `${run} stories of ${Math.round(stepsTaken / run)} steps each, seed ${seed}`;
  console.log(`${stories}; compared: ${served.compared}.`);
  // One story that is played again need not have everything in it.
  if (path === undefined) expect(served.compared.missing).toEqual([]);
}

async function open(
  served: ServedChat,
  setting: Setting,
  run: string,
): Promise<[ReferenceChat, World]> {
  const chat = openingScene(setting, run, served.time.now);
  served.tap.clear();
  for (const {
    groupId,
    name,
    members,
    kind,
    tracking,
    visibility,
    historyForNewMembers,
  } of chat.groups) {
    const [ownerId, ...memberIds] = [...members.keys()];
    const body = { groupId, name, memberIds, kind, tracking, visibility, historyForNewMembers };
    const made = await served.act(ownerId ?? '', { route: 'POST /groups', body });
    if (!made.ok) throw new Error(`${groupId} could not be made: ${made.code}`);
  }
  const clients = new Map(chat.userIds.map((userId) => [userId, new SyncingClient(userId)]));
  for (const client of clients.values()) await client.sync(served, chat, 0);
  return [chat, { served, clients }];
}

/** In the end the recorder has seen everything, and one member after the other lists every message. */
async function checkTimes(chat: ReferenceChat, { served }: World): Promise<void> {
  await served.record({ late: 0, order: 0, again: 0, batches: 1 });
  for (const userId of chat.userIds) {
    for (const [group] of groupsOf(chat, userId)) {
      for (const { message } of group.messages) {
        if (message.seq % chat.userIds.length !== chat.userIds.indexOf(userId)) continue;
        await checkList(served, chat, group, userId, message.seq, undefined);
      }
    }
  }
}
