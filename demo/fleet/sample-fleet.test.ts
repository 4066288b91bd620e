import { describe, expect, test } from 'vitest';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import { crdsOf, RELEASES } from '@/demo/crds/profiles';
import { kindOfName } from '@/lib/plane/model/kinds';
import { sampleFleet } from './sample-fleet';

describe.each(RELEASES)('the sample fleet of release %s', (release) => {
  const samples = sampleFleet(release);

  test('has every plane kind of the release', () => {
    const served = crdsOf(release)
      .map((crd) => crd.spec.names.kind)
      .filter((kind) => kindOfName(kind));
    expect(new Set(samples.map((sample) => sample.kind))).toEqual(new Set(served));
  });

  test('names each sample and each plane once', () => {
    const keys = samples.map((sample) => planeKeyOf(sample.kind, sample.namespace, sample.name));
    expect(new Set(keys).size).toBe(samples.length);
    expect(new Set(samples.map((sample) => sample.id)).size).toBe(samples.length);
  });

  test('gives a namespace to namespaced kinds only', () => {
    for (const { kind, namespace } of samples) {
      expect(namespace !== undefined).toBe(kindOfName(kind)?.scope === 'Namespaced');
    }
  });

  test('has a name of exactly 63 characters', () => {
    expect(samples.find((sample) => sample.id === 'long-name')?.name).toHaveLength(63);
  });
});
