/** Tells when every plane that was there when the controllers started has been looked at once. */
export class InitialSync {
  readonly done: Promise<void>;
  private resolve: () => void = () => {};
  private readonly unlisted: Set<string>;
  private readonly awaited = new Set<string>();

  /** @param kinds that have to be listed before anything can be said */
  constructor(kinds: readonly string[]) {
    this.unlisted = new Set(kinds);
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** A plane of a list. What comes after the lists is no part of the start. */
  awaits(uid: string): void {
    if (this.unlisted.size > 0) this.awaited.add(uid);
  }

  lookedAt(uid: string): void {
    this.awaited.delete(uid);
    this.check();
  }

  listed(kind: string): void {
    this.unlisted.delete(kind);
    this.check();
  }

  giveUp(): void {
    this.resolve();
  }

  private check(): void {
    if (this.unlisted.size === 0 && this.awaited.size === 0) this.resolve();
  }
}
