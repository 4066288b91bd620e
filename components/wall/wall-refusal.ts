/** Why a screen is not let in. */
export type WallRefusal = 'off' | 'no-token' | 'revoked' | 'unreadable';

const REFUSALS: Readonly<Record<string, WallRefusal>> = {
  'not-found': 'off',
  unauthenticated: 'no-token',
  'wall-revoked': 'revoked',
  forbidden: 'unreadable',
};

/**
 * The refusal in the body of an answer; null: it is none, but a server that fails, or an API server that is away, of
 * which the age of the data speaks.
 */
export function refusalOf(problem: unknown): WallRefusal | null {
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return null;
  return typeof problem.code === 'string' ? (REFUSALS[problem.code] ?? null) : null;
}
