import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import { FleetAnswers } from './fleet-answers';
import { MAX_FLEET_ANSWERS } from './stream-limits';

let revision: number;
let answers: FleetAnswers;
const jsonOf = (number: number) => JSON.stringify({ revision: number, planes: 'plane '.repeat(50_000) });

beforeEach(() => {
  revision = 1;
  answers = new FleetAnswers(() => jsonOf(revision));
});
afterEach(() => {
  vi.useRealTimers();
});

const bytesOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).arrayBuffer();

test('answers with the fleet as it is, compressed if the reader accepts that', async () => {
  expect(Buffer.from(await bytesOf(answers.body(WHOLE_FLEET, 'identity'))).toString()).toBe(jsonOf(1));
  revision = 2;
  const zipped = gunzipSync(await bytesOf(answers.body(WHOLE_FLEET, 'gzip')));
  expect(zipped.toString()).toBe(jsonOf(2));
});

test('encodes and compresses a revision once for all readers at a time', async () => {
  /** Returns the large part of an answer, which comes after the header of gzip. */
  const partOf = async () => {
    const reader = answers.body(WHOLE_FLEET, 'gzip').getReader();
    await reader.read();
    return (await reader.read()).value;
  };
  const [one, two] = [await partOf(), await partOf()];
  expect(one?.byteLength).toBeLessThan(20_000);
  expect(two).toBe(one);
  revision = 2;
  expect(await partOf()).not.toBe(one);
});

test('refuses more readers than its limit until one has read everything, or is gone', async () => {
  const open = Array.from({ length: MAX_FLEET_ANSWERS }, () => answers.body(WHOLE_FLEET, 'gzip'));
  const refused = () => answers.body(WHOLE_FLEET, 'gzip');
  expect(refused).toThrow(expect.objectContaining({ code: 'too-many-readers' }));
  await open[0]?.cancel();
  await bytesOf(answers.body(WHOLE_FLEET, 'gzip'));
  await bytesOf(open[1] ?? new ReadableStream());
  expect(answers.body(WHOLE_FLEET, 'identity')).toBeInstanceOf(ReadableStream);
  expect(answers.body(WHOLE_FLEET, 'identity')).toBeInstanceOf(ReadableStream);
  expect(refused).toThrow('Too many programs are reading all planes.');
});

test('counts no reader whose connection was closed before it requested anything', () => {
  vi.useFakeTimers();
  const admit = () => answers.body(WHOLE_FLEET, 'gzip');
  for (let count = 0; count < MAX_FLEET_ANSWERS; count += 1) admit();
  vi.advanceTimersByTime(4999);
  expect(admit).toThrow();
  vi.advanceTimersByTime(1);
  for (let count = 0; count < MAX_FLEET_ANSWERS; count += 1) admit();
});
