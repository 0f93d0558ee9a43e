/**
 * How long functions run, and with how much memory. Posting was measured on one machine
 * (docs/benchmarks.md, "Memory of the functions"). The others are assumed, not measured on AWS: a few
 * milliseconds of processor, and 5 milliseconds for each answer of DynamoDB.
 */
export const gbSeconds = {
  /** 1 GB. A frame of a client: three requests after each other. */
  socket: 0.02,
  /** 0.5 GB. A batch of changes. */
  recorder: 0.5 * 0.03,
  /** 1.73 GB. A batch of changes of one group. */
  fanOut: 1.73 * 0.04,
  /** 1 GB. A frame that is posted by way of the queue: 250 take 222 ms. */
  post: 0.222 / 250,
};

/** Above this, frames go by way of the queue, as push jobs of at most so many connections. */
const maxDirectPosts = 100;
const connectionsPerJob = 250;
/** Sent, received, deleted. */
export const queueRequestsPerJob = 3;

export const pushJobs = (connections: number): number =>
  connections > maxDirectPosts ? Math.ceil(connections / connectionsPerJob) : 0;

/** Assumed: a function logs its sums every ten seconds, and little else. */
export const logBytesPerRequest = 100;

/** A client asks whether the connection is alive, and is answered. */
export const minutesBetweenHeartbeats = 9;
