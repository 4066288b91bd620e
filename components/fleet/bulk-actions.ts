import { type PlaneDetail, planeDetailSchema } from '@/lib/api/fleet';
import { getJson, isOutcomeUnknown } from '@/lib/client/api/api-request';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import { pastError } from '@/lib/client/api/server-return';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

/** The number of parallel requests: enough to be quick, too few to strain the API server. */
const AT_ONCE = 4;

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
    AT_ONCE,
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
    AT_ONCE,
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

/** The outcome for one of several items. */
export type Outcome<T> = { readonly item: T } & (
  | { readonly state: 'done' }
  /** The task was stopped before this item, or before it was read. */
  | { readonly state: 'not-started' }
  | { readonly state: 'failed'; readonly problem: string }
);

/**
 * Runs a task for every item, a few at a time. A failure doesn't stop the others.
 *
 * @param limit how many run at once
 * @param onProgress called after each item with the number of finished items
 * @param signal when it's aborted, no further item is started; those that run finish
 * @returns the outcomes, in the order of the items
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<void>,
  onProgress: (finished: number) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome<T>[]> {
  const outcomes = items.map((item): Outcome<T> => ({ item, state: 'not-started' }));
  let next = 0;
  let finished = 0;
  const worker = async () => {
    while (next < items.length && !signal.aborted) {
      const index = next;
      next += 1;
      const item = items[index] as T;
      outcomes[index] = await run(item).then(
        (): Outcome<T> => ({ item, state: 'done' }),
        (error: unknown): Outcome<T> =>
          isAbort(error, signal)
            ? { item, state: 'not-started' }
            : {
                item,
                state: 'failed',
                problem: error instanceof Error ? pastError(error).message : 'Unknown error.',
              },
      );
      finished += 1;
      onProgress(finished);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return outcomes;
}

/** Whether an item ended because of the stop, as a read does that takes the signal. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && error instanceof Error && error.name === 'AbortError';
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
