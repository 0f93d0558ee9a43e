/** What a user, a page or the network does at some moment. Names not given mean the first there is. */
export interface Step {
  /** Milliseconds since the story began. */
  at: number;
  /** The tab, as `user.device.number`. */
  by: string;
  do: string;
  group?: string;
  /** The message, counted back from the newest that is loaded. */
  nth?: number;
  /** Another user. */
  who?: string;
  /** What else the action takes. */
  to?: string;
}

/** What becomes of one frame or request: lost, twice, or so many milliseconds later. */
export type Fault = 'lost' | 'twice' | 'answer lost' | number;

export interface Story {
  seed: number;
  steps: readonly Step[];
  /** By the name of the frame or request; without it they are drawn by the seed. */
  faults?: Readonly<Record<string, Fault>>;
  weather: Weather;
}

/**
 * What may happen, and when all has to be right again:
 *
 * `calm`   connections are cut, frames are late: soon
 * `rough`  frames and answers are lost and repeated besides: with the next heartbeat, on every screen
 * `long`   the same: with the next connection, in the list of groups as well
 */
export type Weather = 'calm' | 'rough' | 'long';

/** Something that is not as it should be. */
export interface Difference {
  /** What kind of thing it is. */
  property: string;
  where: string;
  shown: unknown;
  expected: unknown;
}
