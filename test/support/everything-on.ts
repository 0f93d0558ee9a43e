export const alarmAddress = 'on-call@example.com';
/** The only site whose pages may call the service. */
export const ownOrigin = 'https://chat.example.com';

/** Where the webhook of such a stack would be; tests have a server on this machine instead. */
export const receiverOrigin = 'https://receiver.example.com';

/** All options that the local cloud leaves out by itself, and a retention that two days are beyond. */
export const everythingOn = {
  ...{ archive: 'true', events: 'true', retentionDays: '1', rollout: 'canary' },
  ...{ allowedOrigins: ownOrigin, alarmEmail: alarmAddress },
  webhookUrl: `${receiverOrigin}/seenby`,
};
