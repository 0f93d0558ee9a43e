import type { Message, Receipt, Role } from '@seenby/protocol/entities.ts';

/** What the service publishes for other systems, by `detail-type`. Anything may come more than once. */
export interface EventDetails {
  'message.sent': { message: Message };
  /** What became read in a group within a second or so. */
  'message.read': { groupId: string; receipts: Receipt[] };
  'member.changed': {
    groupId: string;
    userId: string;
    change: 'joined' | 'left' | 'role';
    role: Role;
  };
}

export type ServiceEvent = {
  [T in keyof EventDetails]: { type: T; detail: EventDetails[T] };
}[keyof EventDetails];

/** Where events go. MUST throw unless all of them were taken. */
export interface EventBus {
  publish(events: readonly ServiceEvent[]): Promise<void>;
}
