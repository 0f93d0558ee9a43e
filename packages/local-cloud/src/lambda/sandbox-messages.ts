/** What a sandbox is told at its start. */
export interface SandboxSettings {
  assetDir: string;
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  logGroupName: string;
  logStreamName: string;
}

/** One event for the sandbox. Events and results travel as JSON text: by value, as on AWS. */
export interface SandboxEvent {
  requestId: string;
  eventJson: string;
  deadlineMs: number;
}

export type SandboxMessage =
  | { type: 'printed'; text: string }
  | { type: 'ready' }
  | { type: 'failedToStart'; errorType: string; errorMessage: string }
  | { type: 'returned'; requestId: string; resultJson: string }
  | { type: 'threw'; requestId: string; errorType: string; errorMessage: string };
