import type { Condition } from './plane';

/**
 * The condition types that OpenChoreo documents for planes or that its controllers set. One of these being False is
 * trouble; any other condition is shown but not judged.
 */
export const DOCUMENTED_CONDITIONS = ['Created', 'Ready', 'Connected', 'GatewayProvisioned'] as const;

const documented: ReadonlySet<string> = new Set(DOCUMENTED_CONDITIONS);

/** The condition of a type, or undefined. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** Whether a condition is met; missing and Unknown are both "not met". */
export function isConditionTrue(conditions: readonly Condition[], type: string): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/** The documented conditions that are False; Unknown is no failure. */
export function failedConditions(conditions: readonly Condition[]): Condition[] {
  return conditions.filter((condition) => documented.has(condition.type) && condition.status === 'False');
}

/** What a False condition says, as one sentence: `Ready is False (ProvisioningFailed): message`. */
export function describeFailure(condition: Condition): string {
  const reason = condition.reason ? ` (${condition.reason})` : '';
  const message = condition.message ? `: ${condition.message}` : '';
  return `${condition.type} is False${reason}${message}`;
}

/**
 * The condition with which a controller says that a deletion waits for something: Finalizing False/DeletionBlocked,
 * as release 1.0 and later set it on a DataPlane that Environments still refer to.
 */
export function deletionBlock(conditions: readonly Condition[]): Condition | undefined {
  return conditions.find(
    (condition) =>
      condition.type === 'Finalizing' &&
      condition.status === 'False' &&
      condition.reason === 'DeletionBlocked',
  );
}
