/** One server-sent event. */
export interface SseEvent {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** Reads a stream of server-sent events one by one, as a program would that is no browser. */
export class SseReader {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private rest = '';
  private ended = false;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader();
  }

  /** The next event; undefined when the stream has ended. */
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

  /** The next event of that name; throws when the stream ends before. */
  async nextOf(event: string): Promise<SseEvent> {
    for (;;) {
      const one = await this.next();
      if (!one) throw new Error(`The stream ended without "${event}".`);
      if (one.event === event) return one;
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
