/** Here a chat calls its push service. This one prints what it would send. */
export function pushNotification(userIds: readonly string[], text: string): void {
  for (const userId of userIds) console.log(`Push notification to ${userId}: ${text}`);
}
