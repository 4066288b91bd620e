import { RELEASES } from '@/demo/crds/profiles';
import type { Sample } from '@/demo/fleet/sample';
import { sampleFleet } from '@/demo/fleet/sample-fleet';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';

/**
 * The README's table of the sample fleet as Markdown: what each sample shows, its name, and its state in each release
 * that can express it. A test compares the README with it.
 */
export function samplesTable(): string {
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
