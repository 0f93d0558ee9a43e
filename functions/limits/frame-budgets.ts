import type { ClientFrame, MarkTarget, SocketRoute } from '@seenby/protocol/client-frames.ts';
import { type Budget, budgets } from './budget.ts';

interface FrameBudget<T extends SocketRoute> {
  budget: Budget;
  /** How much of the budget a frame takes; one if it does not say. */
  cost?: (frame: ClientFrame<T>) => number;
  /** Over the budget there is no answer, as there is none within it. */
  isSilent?: true;
}

const groupsOf = (groupIds: readonly string[] | undefined): number =>
  new Set(groupIds ?? ['']).size;

/** A mark reads the rows of every group that it names. */
const groupsOfMark = ({ messageIds }: MarkTarget): number =>
  new Set((messageIds ?? ['.']).map((id) => id.slice(0, id.lastIndexOf('.')))).size;

/** The budget of every frame: without one there is no frame. */
export const frameBudgets: { [T in SocketRoute]: FrameBudget<T> } = {
  hello: { budget: budgets.hello },
  get_status: { budget: budgets.status, cost: ({ groupIds }) => groupsOf(groupIds) },
  subscribe_group: { budget: budgets.subscribe, cost: ({ groupIds }) => groupsOf(groupIds) },
  unsubscribe_group: { budget: budgets.unsubscribe },
  send_message: { budget: budgets.actions },
  mark_read: { budget: budgets.actions, cost: groupsOfMark },
  mark_delivered: { budget: budgets.actions, cost: groupsOfMark },
  mark_played: { budget: budgets.actions },
  mark_unread: { budget: budgets.actions },
  typing: { budget: budgets.typing, isSilent: true },
  ping: { budget: budgets.ping },
};
