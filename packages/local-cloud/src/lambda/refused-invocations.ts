/** How Lambda refuses an invocation that finds no concurrency left. */
export const throttled = { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };

/** And one whose event is too large. */
export const tooLarge = 'RequestEntityTooLargeException';
