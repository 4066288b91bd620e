import { afterEach, expect, test, vi } from 'vitest';
import type { ProblemCode } from '@/lib/api/problem';
import { lostAnswerText } from '@/lib/client/api/api-request';
import { createQueryClient } from '@/lib/client/api/query-client';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import { DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { type InlineValue, saveValue } from './save-value';

const NAME: InlineValue<string> = {
  textOf: ({ displayName }) => displayName ?? '',
  changes: (displayName) => ({ displayName }),
  textAfter: (displayName) => displayName,
  theirs: ({ displayName }) => `made it "${displayName}"`,
  howToOverride: 'Save again to overwrite it.',
};

afterEach(() => vi.unstubAllGlobals());

/** The server's answer to a write: it stores the change or something else, reports a problem, or loses the answer. */
type Answer = 'stored' | 'stored-otherwise' | 'lost' | ProblemCode;

/**
 * Stubs a server that serves the plane and answers the writes in order. Returns the resourceVersions of the writes.
 */
function serve(plane: () => Plane, answers: Answer[]) {
  const versions: string[] = [];
  vi.stubGlobal('fetch', async (_path: string, { method, body }: RequestInit) => {
    if (method === undefined)
      return Response.json({
        serverTime: ago(0),
        plane: { ...plane(), facts: NO_FACTS, health: { state: 'healthy', reasons: [] } },
        annotations: {},
        hiddenAnnotations: [],
        finalizers: [],
        spec: {},
        masked: [],
        yaml: '',
        manifest: '',
        manifestSecrets: 0,
        defaults: [],
      });
    versions.push(JSON.parse(String(body)).resourceVersion);
    const answer = answers.shift();
    if (answer === 'lost') throw new TypeError('Failed to fetch');
    if (answer === 'stored' || answer === 'stored-otherwise') {
      const notStored = answer === 'stored' ? [] : [['metadata', 'annotations', DISPLAY_NAME_ANNOTATION]];
      return Response.json({
        dryRun: false,
        resourceVersion: '9',
        before: '',
        after: '',
        notStored,
        warnings: [],
      });
    }
    const problem = { type: 'about:blank', title: 'No.', status: 409, code: answer, detail: 'No.' };
    return Response.json(problem, { status: 409 });
  });
  return versions;
}

const seenOf = (plane: Plane) => ({
  current: { text: NAME.textOf(plane), resourceVersion: plane.resourceVersion },
});

function save(plane: Plane, unsure = new Set<string>(), seen = seenOf(plane)) {
  const client = createQueryClient();
  return saveValue(plane, NAME, { wanted: 'Mine', evenIfManaged: false, seen, unsure, client });
}

test('retries with the newest version after a conflict about other values', async () => {
  const versions = serve(() => aPlane({ resourceVersion: '2' }), ['conflict', 'stored']);
  await expect(save(aPlane())).resolves.toMatchObject({ resourceVersion: '9' });
  expect(versions).toEqual(['1', '2']);
});

test('reports the value that someone else set and overwrites nothing', async () => {
  const theirs = aPlane({ resourceVersion: '2', displayName: 'Theirs' });
  const versions = serve(() => theirs, ['conflict']);
  await expect(save(aPlane())).rejects.toThrow(
    'Not saved. Meanwhile, someone else made it "Theirs". Save again to overwrite it.',
  );
  expect(versions).toEqual(['1']);
});

test('gives up after three conflicts', async () => {
  let version = 1;
  const versions = serve(() => {
    version += 1;
    return aPlane({ resourceVersion: String(version) });
  }, ['conflict', 'conflict', 'conflict', 'stored']);
  await expect(save(aPlane())).rejects.toThrow('No.');
  expect(versions).toEqual(['1', '2', '3']);
});

test.each<Answer>(['lost', 'managed-elsewhere', 'forbidden'])('does not retry after %s', async (answer) => {
  const versions = serve(() => aPlane(), [answer, 'stored']);
  await expect(save(aPlane())).rejects.toThrow();
  expect(versions).toEqual(['1']);
});

test('takes the value of an earlier save whose answer was lost for its own', async () => {
  const unsure = new Set<string>();
  serve(() => aPlane(), ['lost']);
  await expect(save(aPlane(), unsure)).rejects.toThrow();
  const stored = aPlane({ resourceVersion: '2', displayName: 'Mine' });
  const versions = serve(() => stored, ['conflict', 'stored']);
  await expect(save(aPlane(), unsure)).resolves.toMatchObject({ resourceVersion: '9' });
  expect(versions).toEqual(['1', '2']);
});

test('takes no value for its own that no save with a lost answer had', async () => {
  const unsure = new Set<string>();
  serve(() => aPlane(), ['lost']);
  await expect(save(aPlane(), unsure)).rejects.toThrow();
  serve(() => aPlane({ resourceVersion: '2', displayName: 'Theirs' }), ['conflict']);
  await expect(save(aPlane(), unsure)).rejects.toThrow('someone else made it "Theirs"');
});

test('takes a conflict for its own save when the plane has the value that it set', async () => {
  const stored = aPlane({ resourceVersion: '2', displayName: 'Mine' });
  const versions = serve(() => stored, ['conflict', 'stored']);
  await expect(save(aPlane())).resolves.toMatchObject({ resourceVersion: '9' });
  expect(versions).toEqual(['1', '2']);
});

test('never calls the outcome unknown when someone else changed the value', async () => {
  serve(() => aPlane({ resourceVersion: '2', displayName: 'Theirs' }), ['conflict']);
  const failure = await save(aPlane()).catch((error: Error) => error);
  expect(lostAnswerText(failure as Error, 'the change may have been saved')).toMatch(
    /^Not saved\. Meanwhile/,
  );
});

test('takes the value that admission made of its own for no change of someone else', async () => {
  const seen = seenOf(aPlane());
  const altered = aPlane({ resourceVersion: '9', displayName: 'MINE' });
  const versions = serve(() => altered, ['stored-otherwise', 'conflict', 'stored']);
  await expect(save(aPlane(), new Set(), seen)).resolves.toMatchObject({ resourceVersion: '9' });
  await expect(save(aPlane(), new Set(), seen)).resolves.toMatchObject({ resourceVersion: '9' });
  expect(versions).toEqual(['1', '9', '9']);
});
