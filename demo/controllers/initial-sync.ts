/** Knows when every plane that existed when the controllers started was reconciled once. */
export class InitialSync {
  readonly done: Promise<void>;
  private resolve: () => void = () => {};
  private readonly unlisted: Set<string>;
  private readonly pending = new Set<string>();

  /** @param kinds that have to be listed before all planes are known */
  constructor(kinds: readonly string[]) {
    this.unlisted = new Set(kinds);
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Adds a listed plane. One that comes after the lists is no part of the start. */
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
