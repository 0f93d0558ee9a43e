import { callRoute, fetchToken } from '../../support/wire/http.ts';
import type { Urls } from './cloud-host.ts';
import type { CampaignGroup } from './groups.ts';

/** On a busy machine a function could not write more of them to a disk in its time. */
const membersPerRequest = 500;

export async function createGroup(
  { httpUrl }: Urls,
  { groupId, memberIds: [ownerId = '', ...others] }: CampaignGroup,
): Promise<void> {
  const token = await fetchToken(httpUrl, ownerId);
  const first = others.slice(0, membersPerRequest);
  const group = { groupId, name: groupId, memberIds: first, tracking: 'receipts' };
  await callRoute(`${httpUrl}/groups`, token, group);
  for (let from = membersPerRequest; from < others.length; from += membersPerRequest) {
    const memberIds = others.slice(from, from + membersPerRequest);
    await callRoute(`${httpUrl}/groups/${groupId}/members`, token, { memberIds });
  }
}
