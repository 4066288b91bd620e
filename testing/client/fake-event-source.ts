/** The browser's EventSource, as far as Planeboard uses it, for tests in which the test plays the server. */
export class FakeEventSource extends EventTarget {
  /** All that were created, oldest first. */
  static all: FakeEventSource[] = [];
  onerror: (() => void) | null = null;
  isClosed = false;

  constructor(readonly url: string) {
    super();
    FakeEventSource.all.push(this);
  }

  /** The newest one; throws when there is none. */
  static newest(): FakeEventSource {
    const source = FakeEventSource.all.at(-1);
    if (!source) throw new Error('No EventSource was created.');
    return source;
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server sends an event. As in a browser, none is heard once it is closed. */
  send(event: string, text: string, id = ''): void {
    if (!this.isClosed) this.dispatchEvent(new MessageEvent(event, { data: text, lastEventId: id }));
  }

  /** The connection fails, or the answer is no stream. */
  fail(): void {
    if (!this.isClosed) this.onerror?.();
  }
}
