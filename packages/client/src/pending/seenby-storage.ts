/** `localStorage`, or anything like it. */
export type SeenbyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
