import { agentCases } from './agent-cases';
import { certificateCases } from './certificate-cases';
import type { FindingCase } from './finding-case';
import { resourceCases } from './resource-cases';

/** Every finding that can be provoked on the newest release by how a plane is, and what stands around it. */
export function findingCases(): FindingCase[] {
  return [...resourceCases(), ...certificateCases(), ...agentCases()];
}
