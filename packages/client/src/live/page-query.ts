/** Which page of a list. */
export interface PageQuery {
  /** `next` of the page before. */
  cursor?: string;
  /** 100 by default, 500 at most. */
  limit?: number;
}
