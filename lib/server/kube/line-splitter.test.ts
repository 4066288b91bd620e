import { expect, test } from 'vitest';
import { expectLinearTime } from '@/testing/plane/linear-time';
import { LineSplitter } from './line-splitter';

test('returns the lines that a part ends, wherever the text is split', () => {
  const text = 'first\n\nsecond\nthird';
  for (let size = 1; size <= text.length; size += 1) {
    const splitter = new LineSplitter();
    const lines: string[] = [];
    for (let at = 0; at < text.length; at += size) lines.push(...splitter.push(text.slice(at, at + size)));
    expect(lines).toEqual(['first', 'second']);
    expect(splitter.waitingLength).toBe(5);
    expect(splitter.push('\n')).toEqual(['third']);
    expect(splitter.waitingLength).toBe(0);
  }
});

test('takes linear time for a line that arrives in many parts', () => {
  const part = 'x'.repeat(16 * 1024);
  expectLinearTime((times) => {
    const splitter = new LineSplitter();
    for (let count = 0; count < times; count += 1) splitter.push(part);
    expect(splitter.push('\n')[0]?.length).toBe(times * part.length);
  }, 1000);
});
