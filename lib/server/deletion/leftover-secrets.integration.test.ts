import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
} from '@/lib/plane/model/annotations';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import { grant } from '@/testing/control-plane/kube-objects';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { callerOf } from '@/testing/server/test-caller';
import { deleteLeftover, leftoverSecrets } from './leftover-secrets';

/** Long enough for a Secret to be older than any registration, at the pace of tests. */
const OLD_ENOUGH = { timeout: 10_000, interval: 250 };
const SECRETS = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] };
const PLANES = { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get'] };

let api: PlaneWrites;
let me: Caller;
let number = 0;
let name: string;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  me = await serviceCaller();
});
afterAll(async () => {
  await api?.stop();
});
beforeEach(() => {
  api.proxy.rule = undefined;
  number += 1;
  name = `left-${number}`;
});

/** What a registration writes first. */
function ownSecret(of = `dataplanes/default/${name}`) {
  return api.secret(
    `${name}-ca`,
    { 'ca.crt': 'any' },
    {
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { [PLANE_ANNOTATION]: of, [REGISTERED_BY_ANNOTATION]: `jane ${'x'.repeat(10_000)}` },
    },
  );
}
const refersTo = (secret: string) => ({
  clusterAgent: { clientCA: { secretKeyRef: { name: secret, key: 'ca.crt' } } },
});
const refersToSecret = () => refersTo(`${name}-ca`);
const found = async (caller = me) => {
  const secrets = await leftoverSecrets(caller);
  return secrets.find((secret) => secret.name === `${name}-ca`);
};
const target = (uid: string) => ({ namespace: 'default', name: `${name}-ca`, uid });

describe('a Secret of a registration that ended before its plane was created', () => {
  test('is found once no registration can still be writing, and deleted on request', async () => {
    const { metadata } = await ownSecret();
    expect(await found()).toBeUndefined();
    await expect(deleteLeftover(me, target(metadata.uid ?? ''))).rejects.toMatchObject({ code: 'conflict' });
    await expect
      .poll(() => found(), OLD_ENOUGH)
      .toMatchObject({
        ...target(metadata.uid ?? ''),
        createdBy: expect.stringMatching(/^jane x{314}…$/) as string,
        plane: { plural: 'dataplanes', namespace: 'default', name },
      });
    await deleteLeftover(me, target(metadata.uid ?? ''));
    expect(await api.secretData(`${name}-ca`)).toBeUndefined();
    expect(api.audits().at(-1)).toMatchObject({ verb: 'delete', object: { name: `${name}-ca` } });
  });

  test('stays when it was replaced by another Secret with its name', async () => {
    await ownSecret();
    await expect(deleteLeftover(me, target('another'))).rejects.toMatchObject({ code: 'not-found' });
    expect(await api.secretData(`${name}-ca`)).toBeDefined();
  });

  test('is found in a namespace whose Secrets the caller may list, if the plane is known to be missing', async () => {
    await ownSecret();
    await api.create(`dataplanes/default/${name}-other`, refersTo('none'));
    await expect.poll(() => found(), OLD_ENOUGH).toBeDefined();
    for (const [user, rules, isFound] of [
      ['nothing', [], false],
      ['secrets-only', [SECRETS], false],
      ['both', [SECRETS, PLANES], true],
    ] as const) {
      const { kubeconfigPath } = await api.control.controlPlane.addUser({ name: `${name}-${user}` });
      await grant(api.kube, `${name}-${user}`, rules, 'default');
      const { caller, close } = callerOf(`${name}-${user}`, kubeconfigPath);
      expect((await found(caller)) !== undefined, user).toBe(isFound);
      await close();
    }
  });
});

test('a Secret left by an interrupted deletion is found', async () => {
  const { metadata } = await ownSecret();
  const plane = `dataplanes/default/${name}`;
  const created = await api.create(plane, refersToSecret());
  api.proxy.rule = (path, method) => (method === 'DELETE' && path.includes('/secrets/') ? 'cut' : undefined);
  const answer = await api.done('DELETE', plane, {
    confirm: name,
    uid: created.metadata.uid,
    deleteSecret: true,
  });
  expect(answer).toMatchObject({ outcome: 'gone', secret: 'failed' });
  await expect.poll(() => found(), OLD_ENOUGH).toMatchObject({ uid: metadata.uid });
});

test.each([
  ['the plane exists', async () => void (await api.create(`dataplanes/default/${name}`, refersToSecret()))],
  [
    'another plane uses it',
    async () => void (await api.create(`dataplanes/default/${name}-other`, refersToSecret())),
  ],
])('a Secret is no leftover when %s', async (_, add) => {
  const { metadata } = await ownSecret();
  await expect.poll(() => found(), OLD_ENOUGH).toBeDefined();
  await add();
  await expect.poll(() => found()).toBeUndefined();
  await expect(deleteLeftover(me, target(metadata.uid ?? ''))).rejects.toMatchObject({ code: 'conflict' });
  expect(await api.secretData(`${name}-ca`)).toBeDefined();
});

test('a Secret of others is no leftover, and neither is one whose annotation names no plane', async () => {
  const { metadata } = await ownSecret('dataplanes/../secrets');
  await expect(deleteLeftover(me, target(metadata.uid ?? ''))).rejects.toMatchObject({ code: 'conflict' });
  const foreign = await api.secret(`${name}-foreign`, { key: 'x' });
  await expect(
    deleteLeftover(me, { namespace: 'default', name: `${name}-foreign`, uid: foreign.metadata.uid ?? '' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});
