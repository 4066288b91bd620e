import { expect, test } from 'vitest';
import { z } from '@/lib/zod';
import { readJsonBody } from './request-body';

const schema = z.object({ name: z.string(), list: z.array(z.object({ port: z.number() })).optional() });
const read = (body: BodyInit, headers: Record<string, string> = {}) =>
  readJsonBody(
    // Node requires `duplex` when the body is a stream; its type doesn't know the option.
    new Request('http://127.0.0.1', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
    schema,
    100,
  );

test('parses a valid body', async () => {
  expect(await read('{"name":"ä","unknown":1}')).toEqual({ name: 'ä' });
});

test.each([
  ['invalid JSON', '{"name":"x"'],
  ['an empty body', ''],
  ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ['endless brackets', '['.repeat(90)],
])('rejects %s as a bad request, without repeating the text', async (_, body) => {
  const attempt = read(body);
  await expect(attempt).rejects.toMatchObject({ code: 'bad-request' });
  await expect(attempt).rejects.not.toThrow(/name/);
});

test('reports invalid fields with their paths', async () => {
  await expect(read('{"name":1,"list":[{"port":"x"}]}')).rejects.toMatchObject({
    code: 'invalid-field',
    extensions: { errors: [{ path: ['name'] }, { path: ['list', 0, 'port'] }] },
  });
});

test.each([
  ['{"__proto__":{"name":"x"},"name":"y"}', ['__proto__']],
  ['{"name":"y","list":[{"port":1,"__proto__":1}]}', ['list', 0, '__proto__']],
])('rejects a field __proto__ with its path instead of dropping it: %s', async (body, path) => {
  await expect(read(body)).rejects.toMatchObject({
    code: 'invalid-field',
    extensions: { errors: [{ path }] },
  });
  expect(await read('{"name":"__proto__","constructor":1}')).toEqual({ name: '__proto__' });
});

test('stops reading a body that is larger than the limit', async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(60));
    },
  });
  await expect(read(endless)).rejects.toMatchObject({ code: 'too-large' });
  expect(pulled).toBeLessThan(10);
  await expect(read('{}', { 'content-length': '101' })).rejects.toMatchObject({ code: 'too-large' });
});
