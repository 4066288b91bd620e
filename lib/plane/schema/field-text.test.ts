import { expect, test } from 'vitest';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import { specSections } from '@/lib/plane/registration/spec-sections';
import { fieldPathLabel, fieldText } from './field-text';
import { KNOWN_FIELDS } from './known-fields';

const leaves = Object.keys(KNOWN_FIELDS).filter(
  (id) => !Object.keys(KNOWN_FIELDS).some((other) => other.startsWith(`${id}.`)),
);

test.each(leaves)('%s has one name in the form, on the page and in problems', (id) => {
  const path = id.split('.');
  const { label } = fieldText({ type: 'string' }, path);
  // With a second field, because an object with only a name is shown as a reference.
  const leaf = { [path.at(-1) ?? '']: 'x', other: 'y' };
  const spec = path.slice(0, -1).reduceRight<unknown>((value, name) => ({ [name]: value }), leaf);
  expect(fieldPathLabel(path)).toBe(label);
  expect(problemLabel(['spec', ...path])).toBe(label);
  expect(specSections(spec, [], undefined)[0]?.facts[0]?.label).toBe(label);
});

test('a field of an endpoint is named with its endpoint, and an unknown field by its own name', () => {
  expect(fieldPathLabel(['gateway', 'ingress', 'external', 'https', 'host'])).toBe(
    'External ingress / HTTPS listener / Host',
  );
  expect(fieldPathLabel(['shiny', 'newURL'])).toBe('Shiny / New URL');
  expect(fieldPathLabel(['shiny', 'newURL'], 1)).toBe('New URL');
});
