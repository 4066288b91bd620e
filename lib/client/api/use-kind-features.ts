'use client';

import { useQuery } from '@tanstack/react-query';
import { catalogQuery } from '@/lib/client/api/queries';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { paced } from '@/lib/plane/time/pace';

const CATALOG_INTERVAL_MS = 5000;

/**
 * Returns the features of a kind as the server rendered them. If it hadn't read the kind's schema yet, reads the catalog
 * until it has.
 */
export function useKindFeatures(plural: string, rendered: KindFeatures): KindFeatures {
  const { data } = useQuery({
    ...catalogQuery(),
    enabled: !rendered.known,
    select: (catalog) => kindFeatures(catalog.kinds.find((kind) => kind.plural === plural)?.schema),
    refetchInterval: (query) =>
      query.state.data?.kinds.find((kind) => kind.plural === plural)?.schema
        ? false
        : paced(CATALOG_INTERVAL_MS),
  });
  return rendered.known ? rendered : (data ?? rendered);
}
