import { ownKey, ownKeysAmong } from '@/lib/client/session/person';
import { exactJson, parseExactJson } from '@/lib/plane/json/exact-json';

/** Returns the value stored for this person, parsed; null if there's none, or if the tab has no storage. */
export function readTabStorage(key: string): unknown {
  try {
    return parseExactJson(window.sessionStorage.getItem(ownKey(key)) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * Stores a value as JSON in the tab's own storage, which survives a reload and ends with the tab. Null removes it. If
 * the storage is full or forbidden, nothing is stored.
 */
export function writeTabStorage(key: string, value: unknown): void {
  try {
    if (value === null) window.sessionStorage.removeItem(ownKey(key));
    else window.sessionStorage.setItem(ownKey(key), exactJson(value));
  } catch {
    // The value then lasts as long as the page.
  }
}

/** Returns the keys that this tab stores something for this person with. */
export function tabStorageKeys(): string[] {
  try {
    return ownKeysAmong(Object.keys(window.sessionStorage));
  } catch {
    return [];
  }
}
