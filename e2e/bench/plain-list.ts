import { PLANE_API_VERSION, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { kubeGet } from './kube-request';

/** How long something took to arrive, and how much it weighed, compressed. */
export interface Arrival {
  readonly tookMs: number;
  readonly bytes: number;
}

/**
 * Reads all planes from the API server as one compressed list for each kind, all at once: the baseline of the
 * snapshot. Nothing is parsed.
 */
export async function plainList(kubeconfigPath: string): Promise<Arrival> {
  const startedAtMs = performance.now();
  const sizes = await Promise.all(
    PLANE_KINDS.map(async ({ plural }) => {
      const response = await kubeGet(
        kubeconfigPath,
        `/apis/${PLANE_API_VERSION}/${plural}?resourceVersion=0`,
        {
          headers: { 'accept-encoding': 'gzip' },
        },
      );
      let bytes = 0;
      for await (const chunk of response) bytes += (chunk as Buffer).length;
      // A release serves only some of the kinds.
      return response.statusCode === 200 ? bytes : 0;
    }),
  );
  return {
    tookMs: performance.now() - startedAtMs,
    bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
  };
}
