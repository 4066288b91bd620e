import { type PlaneDetail, planeDetailSchema } from '@/lib/api/fleet';
import { getJson, isOutcomeUnknown } from '@/lib/client/api/api-request';
import { inParallel, type Outcome, REQUESTS_AT_ONCE } from '@/lib/client/api/in-parallel';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import { pastError } from '@/lib/client/api/server-return';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

/**
 * Refreshes the status of each plane.
 *
 * @param signal stops before the next plane; refreshes that were sent finish, so that their outcome is known
 */
export function refreshStatuses(
  rows: readonly FleetRow[],
  onProgress: (finished: number) => void,
  signal: AbortSignal,
): Promise<Outcome<FleetRow>[]> {
  return inParallel(
    rows,
    REQUESTS_AT_ONCE,
    async ({ plane }) => {
      await refreshPlane(planeKey(plane)).catch((error: unknown) => {
        if (!isOutcomeUnknown(error)) throw error;
        const why = error instanceof Error ? pastError(error).message : 'Unknown error.';
        throw new Error(`Outcome unknown: the refresh may have been requested. ${why}`);
      });
    },
    onProgress,
    signal,
  );
}

/** What an exported file contains: manifests to apply again, or the resources as the API server has them. */
export type ExportContent = 'manifest' | 'stored';

/** An exported file. */
export interface ExportedYaml {
  readonly yaml: string;
  readonly outcomes: readonly Outcome<FleetRow>[];
  /** How many of the planes have secrets, which are masked. */
  readonly withSecrets: number;
}

/**
 * Exports the planes as one file of YAML documents, in the order of the rows. The server masks secrets, and the file
 * says so. A plane that can't be read is named in the file, so that it isn't overlooked.
 */
export async function exportYaml(
  rows: readonly FleetRow[],
  content: ExportContent,
  onProgress: (finished: number) => void,
  signal: AbortSignal,
): Promise<ExportedYaml> {
  const documents = new Map<string, string>();
  let withSecrets = 0;
  const outcomes = await inParallel(
    rows,
    REQUESTS_AT_ONCE,
    async ({ plane }) => {
      const detail = planeDetailSchema.parse(await getJson(planeApiPath(plane), signal));
      if ((content === 'manifest' ? detail.manifestSecrets : detail.masked.length) > 0) withSecrets += 1;
      documents.set(plane.uid, content === 'manifest' ? detail.manifest : storedYaml(detail));
    },
    onProgress,
    signal,
  );
  const parts = outcomes.map((outcome) => {
    const { plane } = outcome.item;
    if (outcome.state === 'failed')
      return `# Couldn't read ${planeKey(plane)}: ${oneLine(outcome.problem)}\n`;
    return documents.get(plane.uid) ?? '';
  });
  return { yaml: parts.join('---\n'), outcomes, withSecrets };
}

function storedYaml({ yaml, masked: { length } }: PlaneDetail): string {
  return length === 0 ? yaml : `# ${length === 1 ? '1 secret is' : `${length} secrets are`} masked.\n${yaml}`;
}

/** Puts a text on one line, because a YAML comment ends with its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Returns a reason without what differs between planes: their names, and the kind and namespace of a missing right. */
function commonReason(problem: string, name: string): string {
  const [, verb] = /is forbidden: User .+ cannot (\w+) resource/.exec(problem) ?? [];
  return verb === undefined
    ? problem.replaceAll(` "${name}"`, '')
    : `Your permissions don't include "${verb}" there.`;
}

/**
 * Groups failures by reason, most frequent first.
 *
 * @param nameOf the item's name, which the API server repeats in its message and which makes no other reason
 */
export function failuresByReason<T>(
  outcomes: readonly Outcome<T>[],
  nameOf: (item: T) => string,
): { readonly problem: string; readonly items: readonly T[] }[] {
  const byProblem = new Map<string, T[]>();
  for (const outcome of outcomes) {
    if (outcome.state !== 'failed') continue;
    const problem = commonReason(outcome.problem, nameOf(outcome.item));
    byProblem.set(problem, [...(byProblem.get(problem) ?? []), outcome.item]);
  }
  return [...byProblem]
    .map(([problem, items]) => ({ problem, items }))
    .sort((a, b) => b.items.length - a.items.length);
}
