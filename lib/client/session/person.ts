/** Begins the keys of everything that the browser stores for a person who signed in. */
const PREFIX = 'planeboard-person:';

let person: string | null = null;

/**
 * Sets whom this page is for. Called before anything reads the storage.
 *
 * @param session null if nobody signs in: then there is only the kubeconfig's identity
 */
export function setPerson(session: { readonly mode: string; readonly user: string } | null): void {
  person = session === null ? null : personOf(session);
}

/** Returns the text that tells people apart, also those of different modes with the same name. */
export function personOf({ mode, user }: { readonly mode: string; readonly user: string }): string {
  return `${mode}:${user}`;
}

/** Returns a storage key of this person's own, so that nobody else at this browser reads what is stored with it. */
export function ownKey(key: string): string {
  return `${ownPrefix()}${key}`;
}

/** Returns the keys of this person's own among those of a storage, as they were before `ownKey`. */
export function ownKeysAmong(keys: readonly string[]): string[] {
  const prefix = ownPrefix();
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

/** Removes all that this browser stores for this person. Does nothing if nobody signs in. */
export function clearOwnStorage(): void {
  if (person === null) return;
  for (const storage of [() => window.sessionStorage, () => window.localStorage]) {
    try {
      const items = storage();
      for (const key of ownKeysAmong(Object.keys(items))) items.removeItem(ownKey(key));
    } catch {
      // The browser forbids storage, so nothing is stored.
    }
  }
}

/** Names this person's shared worker: another person's tabs must not join it. */
export function workerPerson(): string {
  return person === null ? '' : encodeURIComponent(person);
}

function ownPrefix(): string {
  return person === null ? '' : `${PREFIX}${encodeURIComponent(person)}|`;
}
