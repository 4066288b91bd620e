import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import { crdsOf, RELEASES } from '@/demo/crds/profiles';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Sample } from './sample';
import { sampleFleet } from './sample-fleet';

describe.each(RELEASES)('the sample fleet of release %s', (release) => {
  const samples = sampleFleet(release);

  test('contains every plane kind of the release', () => {
    const served = crdsOf(release)
      .map((crd) => crd.spec.names.kind)
      .filter((kind) => kindOfName(kind));
    expect(new Set(samples.map((sample) => sample.kind))).toEqual(new Set(served));
  });

  test('has no duplicate sample or plane', () => {
    const keys = samples.map((sample) => planeKeyOf(sample.kind, sample.namespace, sample.name));
    expect(new Set(keys).size).toBe(samples.length);
    expect(new Set(samples.map((sample) => sample.id)).size).toBe(samples.length);
  });

  test('gives a namespace only to namespaced kinds', () => {
    for (const { kind, namespace } of samples) {
      expect(namespace !== undefined).toBe(kindOfName(kind)?.scope === 'Namespaced');
    }
  });

  test('contains a name of exactly 63 characters', () => {
    expect(samples.find((sample) => sample.id === 'long-name')?.name).toHaveLength(63);
  });
});

test('the README lists the state of each sample', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  expect(readme).toContain(samplesTable());
});

/**
 * Returns the README's table of the sample fleet as Markdown: what each sample shows, its name, and its state in each
 * release that can express it.
 */
function samplesTable(): string {
  const fleets = RELEASES.map(
    (release) => new Map(sampleFleet(release).map((sample) => [sample.id, sample])),
  );
  const newestFirst = fleets.toReversed();
  const ids = [...new Set(newestFirst.flatMap((fleet) => [...fleet.keys()]))];
  const lines = ids.map((id) => {
    const sample = newestFirst.map((fleet) => fleet.get(id)).find((found) => found !== undefined);
    const states = fleets.map((fleet) => stateCell(fleet.get(id)));
    return `| ${sample?.shows} | \`${sample?.name}\` | ${states.join(' | ')} |`;
  });
  return [
    `| what it shows | sample | ${RELEASES.join(' | ')} |`,
    `|---|---|${RELEASES.map(() => '---').join('|')}|`,
    ...lines,
  ].join('\n');
}

function stateCell(sample: Sample | undefined): string {
  if (!sample) return '';
  const { state, later } = sample.expected;
  if (sample.maintenance) return `${ATTENTION_LABELS.maintenance}, then ${HEALTH_LABELS[state]}`;
  return later ? `${HEALTH_LABELS[state]}, then ${HEALTH_LABELS[later.state]}` : HEALTH_LABELS[state];
}
