/** One server-sent event. */
export interface SseEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** Reads server-sent events one by one, as a program without EventSource does. */
export class SseReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private rest = '';
  private ended = false;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader();
  }

  /** Returns the next event, or undefined if the stream has ended. */
  async next(): Promise<SseEvent | undefined> {
    for (;;) {
      const end = this.rest.indexOf('\n\n');
      if (end >= 0) {
        const block = this.rest.slice(0, end);
        this.rest = this.rest.slice(end + 2);
        const event = parse(block);
        if (event) return event;
        continue;
      }
      if (this.ended) return undefined;
      const { value, done } = await this.reader.read();
      this.ended = done;
      if (value) this.rest += this.decoder.decode(value, { stream: true });
    }
  }

  /** Returns the next event with that name. Throws if the stream ends first. */
  async nextOf(event: string): Promise<SseEvent> {
    for (;;) {
      const next = await this.next();
      if (!next) throw new Error(`The stream ended without "${event}".`);
      if (next.event === event) return next;
    }
  }

  async cancel(): Promise<void> {
    await this.reader.cancel();
  }
}

function parse(block: string): SseEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ')] as const;
    }),
  );
  const event = fields.get('event');
  return event === undefined
    ? undefined
    : { event, id: fields.get('id') ?? '', data: fields.get('data') ?? '' };
}
