import type { Source } from '@/lib/api/fleet';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { ago, NOW_MS } from './plane-fixture';

const sources: readonly Source[] = [
  { plural: 'dataplanes', state: 'live', lastContactAt: ago(0) },
  { plural: 'buildplanes', state: 'forbidden', lastContactAt: null },
];

/** A feed with current contact: data planes are live, build planes aren't visible. */
export const LIVE_CONTEXT = { sources, limits: DEFAULT_LIMITS, serverContactAtMs: NOW_MS };
