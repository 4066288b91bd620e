import { answersForAgent } from '@/lib/plane/agent-setup/check-agent';
import { hasFreshAgent, type JudgedPlane } from '@/lib/plane/agent-setup/setup-facts';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * A plane on the same planeID that counts an agent, while this one counts none. Only an agent that is there for long
 * enough counts, and a status that is about the plane as it is now.
 */
export function siblingWithAgent({ row, siblings, nowMs }: DiagnosisInput): JudgedPlane | undefined {
  const { plane } = row;
  if (!isMeasured(plane) || plane.agent?.connected !== false || plane.unreadable) return undefined;
  // Its status is older than the plane as it is now, which says more than anything concluded from it.
  if (plane.observedGeneration !== undefined && plane.observedGeneration < plane.generation) return undefined;
  return siblings.find(
    (sibling) => hasFreshAgent(sibling) && answersForAgent({ touchesMs: [], nowMs }, sibling),
  );
}
