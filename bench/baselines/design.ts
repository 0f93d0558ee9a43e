/** What a design can say of a message's receipts. One test asks each design for what it promises. */
export interface Promises {
  /** Deliveries are counted apart from reads. */
  deliveries: boolean;
  /** Any messages may be read, in any order. Otherwise whoever reads one reads all before it. */
  anyOrder: boolean;
  /** The list of readers says when each has read. */
  times: boolean;
  /** After a mark that broke off and was repeated, counts and list agree. */
  exactAfterFailure: boolean;
}

/** One member marks some messages, at a time in milliseconds. */
export interface Mark {
  userId: string;
  seqs: readonly number[];
  at: number;
}

/** Of a message, its author left out. Whoever has read it has received it, too. */
export interface Counts {
  delivered: number;
  read: number;
  total: number;
}

export interface Reader {
  userId: string;
  /** Null where the design does not promise times. */
  readAt: number | null;
}

/** One group, kept as the design says. Every member is in it from the first message on. */
export interface GroupStore {
  createGroup(memberIds: readonly string[]): Promise<void>;
  /** Answers the seq of the message: 1, 2, 3 and so on. */
  send(authorId: string, content: string, at: number): Promise<number>;
  deliver(mark: Mark): Promise<void>;
  /** A message that is read already keeps its time. */
  read(mark: Mark): Promise<void>;
  counts(seq: number): Promise<Counts>;
  /** In order of user id, the author left out. */
  readers(seq: number): Promise<Reader[]>;
  /** Messages of others that the member has not read. */
  unread(userId: string): Promise<number>;
  /** What the design does later with the marks made since the last call. */
  settle?(): Promise<void>;
}
