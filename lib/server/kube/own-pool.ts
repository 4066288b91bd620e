import 'server-only';
import type { Dispatcher } from 'undici';

/** The connections of one person, shared with nobody. */
export class OwnPool {
  private current: { readonly hash: string; readonly dispatcher: Promise<Dispatcher> } | null = null;

  /**
   * Returns the pool, and opens another one when the hash differs from the last one.
   *
   * @throws KubeError those of `open`
   */
  async dispatcherFor(hash: string, open: () => Promise<Dispatcher>): Promise<Dispatcher> {
    if (this.current?.hash !== hash) {
      void this.retire();
      this.current = { hash, dispatcher: open() };
    }
    return this.current.dispatcher;
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    await (await this.take())?.destroy();
  }

  /** Closes the connections once what runs on them has ended. */
  async retire(): Promise<void> {
    await (await this.take())?.close().catch(() => {});
  }

  private async take(): Promise<Dispatcher | undefined> {
    const { current } = this;
    this.current = null;
    return current?.dispatcher.catch(() => undefined);
  }
}
