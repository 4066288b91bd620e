import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultAnswer } from '@/testing/control-plane/fault-proxy';
import { PlaneWrites } from '@/testing/server/plane-writes';

const DISPLAY_NAME = 'openchoreo.dev/display-name';
const COLLECTION = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';

let api: PlaneWrites;
let name = '';
let plane = '';
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  await api.create('dataplanes/default/another', specOf('another'));
});
afterAll(() => api?.stop());
beforeEach(async () => {
  names += 1;
  name = `unproven-${names}`;
  plane = `dataplanes/default/${name}`;
  await api.create(plane, specOf(name));
});
afterEach(() => {
  api.proxy.rule = undefined;
});

const specOf = (planeID: string) => ({ planeID, clusterAgent: { clientCA: { value: 'no PEM' } } });
const displayName = async () => (await api.live(plane)).metadata.annotations?.[DISPLAY_NAME];
const edit = async (changes: object, more: object = {}) => ({
  resourceVersion: await api.version(plane),
  changes,
  ...more,
});
const json = (object: unknown): FaultAnswer => ({ status: 200, body: JSON.stringify(object) });

/** Answers the writes of the plane in the API server's place. */
function atPatch(answer: () => Promise<FaultAnswer> | FaultAnswer): void {
  api.proxy.rule = (_, method) => (method === 'PATCH' ? answer() : undefined);
}

const OTHER_ANSWERS: [string, () => Promise<FaultAnswer> | FaultAnswer][] = [
  ['the unchanged plane', async () => json(await api.live(plane))],
  ['another plane', async () => json(await api.live('dataplanes/default/another'))],
  ['a failure', () => json({ kind: 'Status', apiVersion: 'v1', status: 'Failure' })],
  ['null', () => json(null)],
  ['a text', () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' })],
  ['nothing new', () => ({ status: 304 })],
];

describe('an edit', () => {
  test.each(OTHER_ANSWERS)('has an unknown outcome when the answer is %s', async (_, answer) => {
    atPatch(answer);
    const problem = await api.refused('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(problem.detail).toContain('Outcome unknown');
    expect(api.audits().at(-1)).toMatchObject({ verb: 'patch', outcome: 'bad-answer' });
    expect(await displayName()).toBeUndefined();
  });

  test('is saved when the answer is the plane before it, but another reading shows it', async () => {
    const before = await api.live(plane);
    atPatch(async () => {
      await api.kube.patch(`${COLLECTION}/${name}`, {
        metadata: { annotations: { [DISPLAY_NAME]: 'mine' } },
      });
      return json(before);
    });
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(answer.resourceVersion).toBe(await api.version(plane));
  });

  test('names the field that a webhook has altered', async () => {
    atPatch(async () => {
      const annotations = { [DISPLAY_NAME]: 'Mine' };
      return json(await api.kube.patch(`${COLLECTION}/${name}`, { metadata: { annotations } }));
    });
    const answer = await api.done('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(answer.after).toContain('Mine');
    expect(answer.notStored).toEqual([['metadata', 'annotations', DISPLAY_NAME]]);
  });

  test("isn't saved when only the status has changed since", async () => {
    atPatch(async () => {
      const before = await api.live(plane);
      await api.kube.patch(`${COLLECTION}/${name}/status`, { status: { observedGeneration: 1 } });
      return json(before);
    });
    const problem = await api.refused('PATCH', plane, await edit({ displayName: 'mine' }));
    expect(problem.detail).toContain("The response doesn't show the change.");
  });

  test("can't be checked when the answer to the dry run is an older state of the plane", async () => {
    const old = await api.live(plane);
    await api.kube.patch(`${COLLECTION}/${name}`, { metadata: { labels: { team: 'a' } } });
    atPatch(() => json(old));
    const problem = await api.refused('PATCH', plane, await edit({ displayName: 'mine' }, { dryRun: true }));
    expect(problem.detail).toContain("The response doesn't show the change.");
  });

  test("can't be checked when the answer to the dry run is another plane", async () => {
    atPatch(async () => json(await api.live('dataplanes/default/another')));
    const problem = await api.refused('PATCH', plane, await edit({ displayName: 'mine' }, { dryRun: true }));
    expect(problem.detail).toContain("isn't the requested DataPlane");
  });
});

describe('a maintenance', () => {
  test("isn't set when the answer is the unchanged plane", async () => {
    atPatch(async () => json(await api.live(plane)));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const problem = await api.refused('PATCH', plane, await edit({ maintenance: { until } }));
    expect(problem.detail).toContain('Outcome unknown');
  });
});

describe('a refresh', () => {
  test.each(OTHER_ANSWERS)("isn't done when the answer is %s", async (_, answer) => {
    atPatch(answer);
    expect((await api.refused('POST', `${plane}/refresh`, {})).code).toBe('api-server-error');
    api.proxy.rule = undefined;
    const { refreshedAt } = await api.done('POST', `${plane}/refresh`, {});
    const { annotations } = (await api.live(plane)).metadata;
    expect(annotations?.['planeboard.openchoreo.dev/refreshed-at']).toBe(refreshedAt);
  });
});
