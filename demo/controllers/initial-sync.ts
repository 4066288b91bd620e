/** Resolves `done` when every plane that existed when the controllers started was reconciled once. */
export class InitialSync {
  readonly done: Promise<void>;
  private resolve: () => void = () => {};
  private readonly unlisted: Set<string>;
  private readonly pending = new Set<string>();

  /** @param kinds the kinds to wait for: all planes are known when each of them was listed */
  constructor(kinds: readonly string[]) {
    this.unlisted = new Set(kinds);
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Adds a listed plane. Planes that appear after all lists don't count. */
  add(uid: string): void {
    if (this.unlisted.size > 0) this.pending.add(uid);
  }

  reconciled(uid: string): void {
    this.pending.delete(uid);
    this.check();
  }

  kindListed(kind: string): void {
    this.unlisted.delete(kind);
    this.check();
  }

  abort(): void {
    this.resolve();
  }

  private check(): void {
    if (this.unlisted.size === 0 && this.pending.size === 0) this.resolve();
  }
}
