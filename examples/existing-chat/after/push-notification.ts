/** Here a chat calls its push service. This one prints what it would tell. */
export const pushNotification = (userName: string, text: string): void =>
  console.log(`Push notification to ${userName}: ${text}`);
