import { expect, test } from 'vitest';
import { RUNBOOK_URL_ANNOTATION } from './annotations';
import { MAX_RUNBOOK_URL_LENGTH, readRunbook, runbookUrlProblem } from './runbook';

test.each(['https://wiki.example.com/runbooks/prod', 'http://10.0.0.1:8080/x?y=z#top', '  https://a  ', ''])(
  'accepts %j',
  (text) => {
    expect(runbookUrlProblem(text)).toBeNull();
  },
);

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT://x%0Aalert(1)',
  'data:text/html,x',
  '//wiki.example.com',
  'https:wiki.example.com',
  'https:/\\wiki.example.com',
  'https://a b',
  'https://',
  'wiki',
])('rejects %j, which is no http or https address', (text) => {
  expect(runbookUrlProblem(text)).toContain('begins with https://');
  expect(readRunbook({ [RUNBOOK_URL_ANNOTATION]: text })).toEqual({
    problem: expect.stringContaining("isn't an http or https address"),
  });
});

test.each([
  'https://me:secret@wiki.example.com',
  'https://me@wiki.example.com',
  'https://a.example/?token=abcdef123456',
])('rejects %j, because everyone who sees the plane sees its credentials', (text) => {
  expect(runbookUrlProblem(text)).toContain('Leave out');
  expect(JSON.stringify(readRunbook({ [RUNBOOK_URL_ANNOTATION]: text }))).not.toContain(text);
});

test('ignores an address that is too long, because a cut one leads elsewhere', () => {
  const long = `https://a.example/${'x'.repeat(MAX_RUNBOOK_URL_LENGTH)}`;
  expect(runbookUrlProblem(long)).toContain('Use at most');
  expect(readRunbook({ [RUNBOOK_URL_ANNOTATION]: long })).not.toHaveProperty('runbookUrl');
});
