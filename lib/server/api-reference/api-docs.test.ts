import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planeEditAnswerSchema } from '@/lib/api/edit';
import { problemSchema } from '@/lib/api/problem';
import { refreshAnswerSchema } from '@/lib/api/refresh';
import { registrationAnswerSchema } from '@/lib/api/registration';
import { sessionAnswerSchema } from '@/lib/api/session';
import { API_OPERATIONS } from './operations';

const docs = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'api.md'), 'utf8');
const patterns = API_OPERATIONS.map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`));
/** The answers, each a list of JSON values. */
const answers = [...docs.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, text = '']) =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line)),
);

describe('the docs of the API', () => {
  test('name only paths that exist', () => {
    const paths = [...docs.matchAll(/\/api\/[\w./-]*\w/g)].map(([path]) => path);
    expect(paths.length).toBeGreaterThan(12);
    expect(paths.filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test('show answers that match their schemas', () => {
    const edited = planeEditAnswerSchema.pick({
      dryRun: true,
      resourceVersion: true,
      notStored: true,
      warnings: true,
    });
    const schemas = [
      sessionAnswerSchema,
      registrationAnswerSchema,
      registrationAnswerSchema,
      edited,
      refreshAnswerSchema,
      problemSchema,
    ];
    const whole = answers.filter(([first, ...rest]) => rest.length === 0 && !Array.isArray(first));
    expect(whole.length).toBe(schemas.length);
    // Equal: the schemas would drop a field that they don't have.
    for (const [index, schema] of schemas.entries())
      expect(schema.parse(whole[index]?.[0])).toEqual(whole[index]?.[0]);
  });
});
