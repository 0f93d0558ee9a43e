/** A group of a campaign, and how its members take part. */
export interface CampaignGroup {
  groupId: string;
  /** Members from the beginning to the end, the owner first. */
  memberIds: string[];
  /** Of these: they have the SDK, and the group on the screen. */
  sdkIds: string[];
  /** Of these: they have a plain client with a connection. */
  wireIds: string[];
  /** Comes and goes. */
  guestId: string | undefined;
  /** Messages to be sent while there are faults. */
  messages: number;
}

export interface Sizes {
  /** Groups of 50. */
  small: number;
  /** Members of each of the big ones. */
  big: readonly number[];
}

export const wholeCampaign: Sizes = { small: 20, big: [500, 5000] };

/** Share of all receipts that the small groups give together, and each big one. */
const smallShare = 0.08;

const smallSize = 50;

/** More messages than would do if everybody read all of them: some are still unread in the end. */
const reserve = 1.2;

/**
 * So many messages that the members can give as many receipts as asked for. Of a big group more
 * than 20 have it on the screen: counts then come by the age of a message.
 */
export function makeGroups({ small, big }: Sizes, receipts: number): CampaignGroup[] {
  const bigTotal = big.reduce((sum, size) => sum + size, 0);
  const messagesOf = (share: number, members: number) =>
    Math.ceil((reserve * receipts * share) / members);
  const bigShare = big.length === 0 ? 0 : 1 - smallShare;
  return [
    ...Array.from({ length: small }, (_, i) => ({
      ...membersOf(`small-${i}`, smallSize, { sdk: 2, wire: 2 }),
      guestId: `guest-${i}`,
      messages: messagesOf(1 - bigShare, smallSize * small),
    })),
    ...big.map((size, i) => ({
      ...membersOf(`big-${i}`, size, { sdk: 22, wire: 2 }),
      guestId: undefined,
      // The biggest group would have few messages, and the other many: both have as many.
      messages: messagesOf(bigShare, bigTotal),
    })),
  ];
}

function membersOf(groupId: string, size: number, { sdk, wire }: { sdk: number; wire: number }) {
  const memberIds = Array.from({ length: size }, (_, i) => `${groupId}-${i}`);
  return {
    ...{ groupId, memberIds },
    sdkIds: memberIds.slice(1, 1 + sdk),
    wireIds: memberIds.slice(1 + sdk, 1 + sdk + wire),
  };
}
