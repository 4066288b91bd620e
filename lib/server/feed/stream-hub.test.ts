import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SseReader } from '@/testing/server/sse-reader';
import { sseFrame } from './sse-frame';
import { LIVE_STREAM, type StreamForm } from './stream-form';
import { StreamHub } from './stream-hub';
import type { StreamLimits } from './stream-limits';

const LIMITS: StreamLimits = { maxReaders: 3, maxAudiences: 2, refusal: 'Too many.' };
const frame = (text: string) => sseFrame('data', null, JSON.stringify(text));

/** A hub of colours: readers of the same colour get the same frames. Black has no first frames. */
class ColourHub extends StreamHub<string, number> {
  readonly calls: string[] = [];
  /** Called while a reader's first frames are built. */
  meanwhile = () => {};

  open(colour: string, reader = 0, form?: StreamForm): ReadableStream<Uint8Array> {
    return this.admit({
      key: colour,
      tag: reader,
      form,
      view: () => {
        this.calls.push(`new ${colour}`);
        return colour.toUpperCase();
      },
      firstFrames: (view) => {
        this.meanwhile();
        return colour === 'black' ? [] : [frame(`first of ${view}`)];
      },
    });
  }

  publish(colour: string, text: string): void {
    this.send(colour, frame(text));
  }

  tags(colour: string): number[] {
    return [...(this.audiences.get(colour)?.readers.values() ?? [])];
  }

  protected keepaliveJson(view: string): string {
    return JSON.stringify(`${view} lives`);
  }

  protected override beforeKeepalives(): void {
    this.calls.push('before');
  }

  protected override afterKeepalives(): void {
    this.calls.push('after');
  }

  protected override onEmpty(view: string): void {
    this.calls.push(`nobody sees ${view}`);
  }
}

/** Reads all events of a stream up to its end. */
async function untilEnd(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const reader = new SseReader(stream);
  const seen: string[] = [];
  for (let next = await reader.next(); next; next = await reader.next())
    seen.push(`${next.event} ${next.data}`);
  return seen;
}

/** Reads the next `count` events. */
async function take(reader: SseReader, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const next = await reader.next();
    if (!next) throw new Error('The stream ended.');
    seen.push(`${next.event} ${next.data}`);
  }
  return seen;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a StreamHub', () => {
  test('begins each stream with a retry interval, its first frames and a keep-alive', async () => {
    const reader = new ColourHub(LIMITS).open('red').getReader();
    const text: string[] = [];
    for (let chunk = 0; chunk < 3; chunk += 1)
      text.push(new TextDecoder().decode((await reader.read()).value));
    expect(text.join('')).toBe(
      'retry: 1000\n\nevent: data\ndata: "first of RED"\n\nevent: keepalive\ndata: "RED lives"\n\n',
    );
  });

  test('sends a frame only to its audience, and creates a view for the first reader', async () => {
    const hub = new ColourHub(LIMITS);
    const [first, second, other] = [hub.open('red', 1), hub.open('red', 2), hub.open('blue', 3)].map(
      (stream) => new SseReader(stream),
    );
    hub.publish('red', 'to both');
    hub.publish('blue', 'to one');
    hub.publish('green', 'to nobody');
    for (const reader of [first, second])
      expect(await take(reader as SseReader, 3)).toEqual([
        'data "first of RED"',
        'keepalive "RED lives"',
        'data "to both"',
      ]);
    expect((await take(other as SseReader, 3)).at(-1)).toBe('data "to one"');
    expect(hub.calls).toEqual(['new red', 'new blue']);
    expect(hub.tags('red')).toEqual([1, 2]);
  });

  test('sends keep-alives to every audience every 5 s, and only while it has readers', async () => {
    const hub = new ColourHub(LIMITS);
    const red = new SseReader(hub.open('red'));
    await take(red, 2);
    hub.calls.length = 0;
    vi.advanceTimersByTime(4999);
    expect(hub.calls).toEqual([]);
    vi.advanceTimersByTime(5001);
    expect(hub.calls).toEqual(['before', 'after', 'before', 'after']);
    expect(await take(red, 2)).toEqual(['keepalive "RED lives"', 'keepalive "RED lives"']);
    await red.cancel();
    expect(hub.calls.at(-1)).toBe('nobody sees RED');
    expect([hub.readerCount, vi.getTimerCount()]).toEqual([0, 0]);
    void new SseReader(hub.open('red')).next();
    await vi.advanceTimersByTimeAsync(5000);
    expect(hub.calls.slice(-3)).toEqual(['new red', 'before', 'after']);
  });

  test('drops a slow reader, and keeps the others', async () => {
    const hub = new ColourHub(LIMITS);
    const slow = hub.open('red', 1);
    const quick = new SseReader(hub.open('red', 2));
    await take(quick, 2);
    for (let count = 0; count < 5; count += 1) {
      hub.publish('red', 'x'.repeat(1024 * 1024));
      await take(quick, 1);
    }
    expect(hub.counters.readersDropped).toBe(1);
    expect([hub.readerCount, hub.tags('red')]).toEqual([1, [2]]);
    expect(await untilEnd(slow)).toEqual(['resume {}']);
    hub.publish('red', 'still here');
    expect(await take(quick, 1)).toEqual(['data "still here"']);
  });

  test("doesn't count a reader that disconnects as dropped", async () => {
    const hub = new ColourHub(LIMITS);
    await hub.open('red').cancel();
    expect(hub.counters.readersDropped).toBe(0);
  });

  test('lets a reader go whose connection was closed before it requested anything', async () => {
    const hub = new ColourHub(LIMITS);
    hub.open('red', 1);
    const reader = new SseReader(hub.open('red', 2));
    await take(reader, 2);
    vi.advanceTimersByTime(4999);
    expect(hub.tags('red')).toEqual([1, 2]);
    vi.advanceTimersByTime(1);
    expect([hub.tags('red'), hub.readerCount, hub.counters.readersDropped]).toEqual([[2], 1, 0]);
  });

  test.each([
    ['readers', ['red', 'red', 'red'], 'red'],
    ['audiences', ['red', 'blue'], 'green'],
  ])('rejects a reader beyond its limit of %s before doing any work for it', async (_, open, more) => {
    const hub = new ColourHub(LIMITS);
    const streams = open.map((colour) => hub.open(colour));
    hub.calls.length = 0;
    expect(() => hub.open(more)).toThrow(
      expect.objectContaining({ code: 'too-many-readers', detail: 'Too many.' }) as Error,
    );
    expect([hub.calls, hub.readerCount]).toEqual([[], open.length]);
    await streams[0]?.cancel();
    expect(() => hub.open(more)).not.toThrow();
  });

  test('ends a stream that was opened once after its first data, and frees its place', async () => {
    const hub = new ColourHub(LIMITS);
    const once = { ...LIVE_STREAM, once: true };
    expect(await untilEnd(hub.open('red', 1, once))).toEqual([
      'data "first of RED"',
      'keepalive "RED lives"',
    ]);
    expect(hub.readerCount).toBe(0);
    // Without first frames, it waits for data; a keep-alive is none.
    const black = untilEnd(hub.open('black', 1, once));
    await vi.advanceTimersByTimeAsync(5000);
    expect(hub.readerCount).toBe(1);
    hub.publish('black', 'late');
    expect(await black).toEqual(['keepalive "BLACK lives"', 'keepalive "BLACK lives"', 'data "late"']);
    expect(hub.readerCount).toBe(0);
  });

  test('admits a reader whose audience loses its other readers meanwhile', async () => {
    const hub = new ColourHub(LIMITS);
    const before = hub.open('red', 1);
    hub.meanwhile = () => void before.cancel();
    const reader = new SseReader(hub.open('red', 2));
    hub.publish('red', 'to the new one');
    expect((await take(reader, 3)).at(-1)).toBe('data "to the new one"');
    expect([hub.readerCount, hub.tags('red')]).toEqual([1, [2]]);
  });

  test('ends every stream at shutdown, and any opened later, with a request to resume', async () => {
    const hub = new ColourHub(LIMITS);
    const streams = [hub.open('red'), hub.open('blue')];
    for (const stream of streams) {
      const reader = stream.getReader();
      await reader.read();
      reader.releaseLock();
    }
    hub.close();
    expect([hub.readerCount, vi.getTimerCount()]).toEqual([0, 0]);
    expect(hub.calls.slice(-2)).toEqual(['nobody sees RED', 'nobody sees BLUE']);
    for (const stream of [...streams, hub.open('red')]) expect(await untilEnd(stream)).toEqual(['resume {}']);
    expect(hub.counters.readersDropped).toBe(0);
    expect(hub.readerCount).toBe(0);
  });
});
