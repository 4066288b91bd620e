'use client';

import { useQuery } from '@tanstack/react-query';
import { catalogQuery } from '@/lib/client/api/options-queries';
import { type AgentSetup, agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindFeatures } from '@/lib/plane/schema/kind-features';

const PERIOD_MS = 5000;

/**
 * How a kind's planes come to their agents. What the server knew of the kind's schema is enough; while it knew nothing
 * the catalogue is asked again.
 */
export function useAgentSetup(
  plural: string,
  initial: KindFeatures,
  connection: 'agent' | 'direct' | null,
): AgentSetup {
  const { data } = useQuery({
    ...catalogQuery(),
    enabled: !initial.known,
    select: (catalog) => kindFeatures(catalog.kinds.find((kind) => kind.plural === plural)?.schema),
    refetchInterval: (query) =>
      query.state.data?.kinds.find((kind) => kind.plural === plural)?.schema ? false : PERIOD_MS,
  });
  return agentSetup(initial.known ? initial : (data ?? initial), connection);
}
