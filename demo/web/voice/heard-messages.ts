import { pageStorage } from '../page-storage.ts';

const storageKey = 'seenby.heard';
const maxKept = 500;

/** Which voice messages were played on this device: the service does not say so to their listener. */
function kept(): string[] {
  try {
    const ids: unknown = JSON.parse(pageStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export const wasHeard = (messageId: string): boolean => kept().includes(messageId);

export function noteHeard(messageId: string): void {
  const ids = [...kept().filter((id) => id !== messageId), messageId].slice(-maxKept);
  try {
    pageStorage.setItem(storageKey, JSON.stringify(ids));
  } catch {
    // Without room it counts as unheard here, which harms nobody.
  }
}
