type Kept = Pick<Storage, 'key' | 'length' | 'getItem' | 'setItem' | 'removeItem'>;

/** Until the page goes away. */
function inMemory(): Kept {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** A browser may refuse its storage to a page: one that blocks all cookies does. */
function open(name: 'localStorage' | 'sessionStorage'): Kept {
  try {
    return globalThis[name];
  } catch {
    return inMemory();
  }
}

export const pageStorage = open('localStorage');
export const tabStorage = open('sessionStorage');
