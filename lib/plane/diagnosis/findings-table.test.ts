import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FINDING_CODES } from './diagnosis-finding';

const document = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'findings.md'), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

test('the documentation lists every finding in the order of the codes', () => {
  expect(rows.map(([code]) => code)).toEqual(FINDING_CODES.map((code) => `\`${code}\``));
});

test.each(rows)('the documentation of %s states when it applies, its source and what to do', (...cells) => {
  expect(cells).toHaveLength(4);
  for (const cell of cells.slice(1)) expect(cell).toMatch(/^.{5,}\.$/);
});
