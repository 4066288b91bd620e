/** A fake of the browser's EventSource, with the parts that Planeboard uses. The test acts as the server. */
export class FakeEventSource extends EventTarget {
  /** All instances, oldest first. */
  static all: FakeEventSource[] = [];
  onerror: (() => void) | null = null;
  isClosed = false;

  constructor(readonly url: string) {
    super();
    FakeEventSource.all.push(this);
  }

  /** Returns the newest instance. Throws if none was created. */
  static newest(): FakeEventSource {
    const source = FakeEventSource.all.at(-1);
    if (!source) throw new Error('No EventSource was created.');
    return source;
  }

  close(): void {
    this.isClosed = true;
  }

  /** Dispatches an event as if the server sent it. As in a browser, nothing is dispatched after `close`. */
  send(event: string, text: string, id = ''): void {
    if (!this.isClosed) this.dispatchEvent(new MessageEvent(event, { data: text, lastEventId: id }));
  }

  /** Acts as if the connection failed or the response was no stream. */
  fail(): void {
    if (!this.isClosed) this.onerror?.();
  }
}
