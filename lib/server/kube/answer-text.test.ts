import { expect, test } from 'vitest';
import { answerText } from './answer-text';

test('reads text whose characters are split', async () => {
  const bytes = new TextEncoder().encode('a€b');
  async function* body() {
    for (const byte of bytes) yield Uint8Array.of(byte);
  }
  expect(await answerText(body(), bytes.length)).toBe('a€b');
});

test('reads no further than the limit, and ends the body', async () => {
  let sent = 0;
  let isEnded = false;
  async function* endless() {
    try {
      for (;;) {
        sent += 1;
        yield new Uint8Array(10);
      }
    } finally {
      isEnded = true;
    }
  }
  await expect(answerText(endless(), 35)).rejects.toMatchObject({ code: 'bad-answer' });
  expect(sent).toBe(4);
  expect(isEnded).toBe(true);
});
