import { describe, expect, test } from 'vitest';
import { sseFrame } from './sse-frame';
import { StreamReader } from './stream-reader';

const frame = (text: string) => sseFrame('changes', 'e:1', JSON.stringify(text));

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

function reader(first: Uint8Array[] = []) {
  const ends: boolean[] = [];
  return { ends, reader: new StreamReader(first, (dropped) => ends.push(dropped)) };
}

describe('StreamReader', () => {
  test('hands frames over in their order, and tells to resume at the end', async () => {
    const { reader: one, ends } = reader([frame('first')]);
    one.send(frame('second'));
    const taken = one.stream.getReader();
    const seen: string[] = [];
    for (const expected of ['retry', 'first', 'second']) {
      const { value } = await taken.read();
      seen.push(new TextDecoder().decode(value));
      expect(seen.at(-1)).toContain(expected);
    }
    one.end();
    expect(new TextDecoder().decode((await taken.read()).value)).toContain('event: resume');
    expect((await taken.read()).done).toBe(true);
    expect(ends).toEqual([false]);
  });

  test('drops a reader that does not keep up: all that waits is replaced by the word to resume', async () => {
    const { reader: slow, ends } = reader([frame('first')]);
    for (let index = 0; index < 5; index += 1) slow.send(frame('x'.repeat(1024 * 1024)));
    expect(ends).toEqual([true]);
    const text = await readAll(slow.stream);
    expect(text).toBe('event: resume\ndata: {}\n\n');
  });

  test('does not count a large first frame against its reader', () => {
    const { reader: one, ends } = reader([frame('x'.repeat(8 * 1024 * 1024))]);
    one.send(frame('small'));
    expect(ends).toEqual([]);
  });

  test('is gone when its connection is', async () => {
    const { reader: one, ends } = reader();
    await one.stream.cancel();
    one.send(frame('into the void'));
    one.end();
    expect(ends).toEqual([false]);
  });
});
