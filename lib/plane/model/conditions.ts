import type { Condition } from './plane';

/**
 * The condition types that OpenChoreo documents for planes or that its controllers set. A False one is an error.
 * Other conditions are shown but not judged.
 */
export const DOCUMENTED_CONDITIONS = ['Created', 'Ready', 'Connected', 'GatewayProvisioned'] as const;

const documented: ReadonlySet<string> = new Set(DOCUMENTED_CONDITIONS);

/** Returns the condition of a type, or undefined. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** Returns whether a condition is True. Missing and Unknown count as not met. */
export function isConditionTrue(conditions: readonly Condition[], type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/** Returns the documented conditions that are False. Unknown isn't a failure. */
export function failedConditions(conditions: readonly Condition[]): Condition[] {
  return conditions.filter((condition) => documented.has(condition.type) && condition.status === 'False');
}

/** Describes a False condition in one sentence: `Ready is False (ProvisioningFailed): message`. */
export function describeFailure(condition: Condition): string {
  const reason = condition.reason ? ` (${condition.reason})` : '';
  const message = condition.message ? `: ${condition.message}` : '';
  return `${condition.type} is False${reason}${message}`;
}

/**
 * Returns the condition that reports what a deletion waits for: Finalizing False/DeletionBlocked. Release 1.0 and
 * later set it on a DataPlane that Environments still refer to.
 */
export function deletionBlock(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(
    (condition) =>
      condition.type === 'Finalizing' &&
      condition.status === 'False' &&
      condition.reason === 'DeletionBlocked',
  );
}
