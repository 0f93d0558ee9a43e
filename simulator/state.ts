export interface CrowdState {
  groupId: string;
  members: number;
  connected: number;
  /** Members of each habit. */
  habits: { fast: number; slow: number; offline: number };
  /** Receipts given: a member who has read ten messages has given ten. */
  reads: number;
  lastSeq: number;
  phase: 'connecting' | 'running' | 'paused' | 'stopping';
}

export interface ReadyState {
  groupId: string;
  members: number;
  connected: number;
  messages: number;
  phase: 'seeding' | 'connecting' | 'running' | 'paused';
}

export interface SimulatorState {
  crowd: CrowdState | null;
  ready: ReadyState | null;
}
