import { createElement, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { GroupHandle } from '../../../../packages/client/src/groups/group-handle.ts';
import {
  useGroupStats,
  useLive,
  useMember,
  useMembers,
  usePositions,
  useReaders,
} from '../../../../packages/client/src/react/react.ts';
import { LiveService, liveGroup } from './support.ts';

function Lists({ group }: { group: GroupHandle }): ReactElement {
  const readers = useReaders(group, 5);
  const statuses = [
    ...[readers, useMembers(group), usePositions(group), useLive(group.members)],
    useGroupStats(group),
  ].map(({ status }) => status);
  const member = useMember(group, 'constructor');
  return createElement('p', null, [...statuses, readers.others.total, member?.name].join(' '));
}

it('hooks of live stores render on a server as loading, and ask for nothing', async () => {
  const { group, service, host } = await liveGroup(new LiveService());
  const timers = host.timerCount;
  const html = renderToString(createElement(Lists, { group }));
  expect(html).toBe('<p>loading loading loading loading loading 0 </p>');
  await host.settle();
  expect([service.asked, host.timerCount]).toEqual([[], timers]);
});
