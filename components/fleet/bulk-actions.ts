import { planeDetailSchema } from '@/lib/api/fleet';
import { getJson } from '@/lib/client/api/api-request';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { inParallel, type Outcome } from './in-parallel';

/** How many planes are asked for at once: enough to be quick, too few for the API server to mind. */
const AT_ONCE = 4;

/** Touches every plane, so that its controller looks at once. */
export function refreshStatuses(
  rows: readonly FleetRow[],
  onProgress: (over: number) => void,
): Promise<Outcome<FleetRow>[]> {
  return inParallel(
    rows,
    AT_ONCE,
    async ({ plane }) => {
      await refreshPlane(planeKey(plane));
    },
    onProgress,
  );
}

/**
 * The planes as the API server has them, as one file of YAML documents, in the order of the rows. Secrets are masked by
 * the server, and the file says so; a plane that cannot be read is named in it, so that it is not missed.
 */
export async function exportYaml(
  rows: readonly FleetRow[],
  onProgress: (over: number) => void,
  signal: AbortSignal,
): Promise<{ readonly yaml: string; readonly outcomes: readonly Outcome<FleetRow>[] }> {
  const documents = new Map<string, { readonly yaml: string; readonly masked: number }>();
  const outcomes = await inParallel(
    rows,
    AT_ONCE,
    async ({ plane }) => {
      const detail = planeDetailSchema.parse(await getJson(planeApiPath(plane), signal));
      documents.set(plane.uid, { yaml: detail.yaml, masked: detail.masked.length });
    },
    onProgress,
  );
  const parts = outcomes.map((outcome) => {
    const { plane } = outcome.item;
    if (outcome.state === 'failed')
      return `# ${planeKey(plane)} could not be read: ${oneLine(outcome.problem)}\n`;
    const { yaml = '', masked = 0 } = documents.get(plane.uid) ?? {};
    return masked === 0
      ? yaml
      : `# ${masked === 1 ? 'One secret is' : `${masked} secrets are`} left out.\n${yaml}`;
  });
  return { yaml: parts.join('---\n'), outcomes };
}

/** A comment ends with its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
