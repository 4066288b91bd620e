import type { Plane } from './plane';

/**
 * Returns whether the status says that a plane is connected: by its agent, or by a condition of a cluster that is called
 * directly. Null if it says nothing.
 */
export function reportedConnection({
  agent,
  conditions,
}: Pick<Plane, 'agent' | 'conditions'>): boolean | null {
  if (agent) return agent.connected;
  const states = conditions.flatMap(({ type, status }) =>
    type === 'Connected' || type === 'Ready' ? [status] : [],
  );
  if (states.includes('False')) return false;
  return states.includes('True') ? true : null;
}
