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
});
