import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { SharedBytes } from './shared-bytes';
import { sseFrame } from './sse-frame';
import { LIVE_STREAM, type StreamForm } from './stream-form';
import { StreamReader } from './stream-reader';

const frame = (text: string) => sseFrame('changes', 'e:1', JSON.stringify(text));

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

function reader(first: SharedBytes[] = [], form?: StreamForm) {
  const ends: boolean[] = [];
  return { ends, reader: new StreamReader(first, (dropped) => ends.push(dropped), form) };
}

describe('StreamReader', () => {
  test('delivers frames in order, and asks to resume at the end', async () => {
    const { reader: fast, ends } = reader([frame('first')]);
    fast.send(frame('second'));
    const output = fast.stream.getReader();
    const seen: string[] = [];
    for (const expected of ['retry', 'first', 'second']) {
      const { value } = await output.read();
      seen.push(new TextDecoder().decode(value));
      expect(seen.at(-1)).toContain(expected);
    }
    fast.end();
    expect(new TextDecoder().decode((await output.read()).value)).toContain('event: resume');
    expect((await output.read()).done).toBe(true);
    expect(ends).toEqual([false]);
  });

  test('drops a slow reader, and replaces its waiting frames with a request to resume', async () => {
    const { reader: slow, ends } = reader([frame('first')]);
    for (let index = 0; index < 5; index += 1) slow.send(frame('x'.repeat(1024 * 1024)));
    expect(ends).toEqual([true]);
    const text = await readAll(slow.stream);
    expect(text).toBe('event: resume\ndata: {}\n\n');
  });

  test("doesn't count a large first frame against its reader", () => {
    const { reader: fast, ends } = reader([frame('x'.repeat(8 * 1024 * 1024))]);
    fast.send(frame('small'));
    expect(ends).toEqual([]);
  });

  test('ends when its connection is cancelled', async () => {
    const { reader: fast, ends } = reader();
    await fast.stream.cancel();
    fast.send(frame('into the void'));
    fast.end();
    expect(ends).toEqual([false]);
  });

  test('keeps everything that its connection has not requested, except for one frame', async () => {
    const { reader: slow, ends } = reader();
    const output = slow.stream.getReader();
    // The connection takes the retry line and the first frame, then nothing.
    await output.read();
    slow.send(frame('x'.repeat(1024 * 1024)));
    await output.read();
    for (let index = 0; index < 5; index += 1) slow.send(frame('x'.repeat(1024 * 1024)));
    expect(ends).toEqual([true]);
    expect(new TextDecoder().decode((await output.read()).value)).toBe('event: resume\ndata: {}\n\n');
    expect((await output.read()).done).toBe(true);
  });

  test('delivers the same as a whole gzip body', async () => {
    const { reader: fast } = reader([frame('first')], { ...LIVE_STREAM, encoding: 'gzip' });
    fast.send(frame('x'.repeat(100_000)));
    const output = fast.stream.getReader();
    const chunks: Uint8Array[] = [];
    while (chunks.length < 4) chunks.push((await output.read()).value ?? new Uint8Array());
    fast.end();
    for (let next = await output.read(); !next.done; next = await output.read()) chunks.push(next.value);
    const text = gunzipSync(Buffer.concat(chunks)).toString();
    const plain = new TextDecoder();
    const frames = [frame('first'), frame('x'.repeat(100_000))].map((one) => plain.decode(one.plain));
    expect(text).toBe(`retry: 1000\n\n${frames.join('')}event: resume\ndata: {}\n\n`);
  });

  test('ends after its data if it asked for them once, but not before they are taken', async () => {
    const { reader: once, ends } = reader([frame('first')], { ...LIVE_STREAM, once: true });
    once.complete();
    const output = once.stream.getReader();
    await output.read();
    expect(new TextDecoder().decode((await output.read()).value)).toContain('first');
    expect(ends).toEqual([]);
    expect((await output.read()).done).toBe(true);
    expect(ends).toEqual([false]);
  });

  test('ends for its hub when its connection is cancelled while a frame is compressed', async () => {
    const { reader: gone, ends } = reader([frame('x'.repeat(1_000_000))], {
      ...LIVE_STREAM,
      encoding: 'gzip',
    });
    const output = gone.stream.getReader();
    await output.read();
    await output.read();
    const pending = output.read();
    await output.cancel();
    expect((await pending).done).toBe(true);
    expect(ends).toEqual([false]);
  });
});
