import { type EditSession, withTheirs } from './edit-session';
import { readStoredEdit, storeEdit } from './edit-storage';

/**
 * Holds the edits of this tab, by the plane's uid and above the pages: going to look at the fleet and coming back loses
 * nothing. On the server it stays empty.
 */
class EditStore {
  private readonly sessions = new Map<string, EditSession | null>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The edit of a plane, or what the tab kept of one before it was reloaded; null: there is none. */
  get(uid: string): EditSession | null {
    const held = this.sessions.get(uid);
    if (held !== undefined) return held;
    const stored = readStoredEdit(uid);
    this.sessions.set(uid, stored);
    return stored;
  }

  /** Changes the edit of a plane; does nothing while there is none, or when the same one comes back. */
  change(uid: string, change: (session: EditSession) => EditSession): void {
    const session = this.get(uid);
    if (!session) return;
    const changed = change(session);
    if (changed !== session) this.set(uid, changed);
  }

  /**
   * Makes a stranded edit the edit of the plane that has its name now; does nothing when either is not there.
   * @param from the uid of the plane that was deleted
   */
  takeOver(from: string, uid: string): void {
    const stranded = this.get(from);
    const now = this.get(uid);
    if (!stranded || !now) return;
    this.set(uid, withTheirs(stranded, now.base));
    this.set(from, null);
  }

  /** Begins an edit, or ends it with null. */
  set(uid: string, session: EditSession | null): void {
    this.sessions.set(uid, session);
    storeEdit(uid, session);
    for (const listener of this.listeners) listener();
  }
}

export const editStore = new EditStore();
