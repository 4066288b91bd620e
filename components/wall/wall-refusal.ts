import type { Statement } from '@/lib/plane/wall/statement';

/** Why a screen is refused the wall. */
export type WallRefusal = 'off' | 'no-token' | 'revoked' | 'ended' | 'not-authentic' | 'unreadable' | 'full';

const REFUSALS: Readonly<Record<string, WallRefusal>> = {
  'not-found': 'off',
  unauthenticated: 'no-token',
  'wall-revoked': 'revoked',
  'wall-ended': 'ended',
  'wall-not-authentic': 'not-authentic',
  forbidden: 'unreadable',
  'too-many-readers': 'full',
};

/**
 * Returns the refusal in a response's body. Null if the body is no refusal but says that the server fails or the API
 * server is unreachable; the data age then shows it.
 */
export function refusalOf(problem: unknown): WallRefusal | null {
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return null;
  return typeof problem.code === 'string' ? (REFUSALS[problem.code] ?? null) : null;
}

/** The text for a refused screen, and what to do about it. */
export const REFUSAL_STATEMENTS: Record<WallRefusal, Statement> = {
  revoked: {
    tone: 'unknown',
    title: "This wall's link was revoked",
    details: ['Create a new link in Planeboard under "Set up a wall" and open it here.'],
  },
  ended: {
    tone: 'unknown',
    title: "This wall's link has ended",
    details: ['Create a new link in Planeboard under "Set up a wall" and open it here.'],
  },
  'not-authentic': {
    tone: 'unknown',
    title: "This wall's link can't be verified",
    details: [
      'It was changed by hand, or created with another key or by an earlier version. Create a new link in Planeboard under "Set up a wall" and open it here.',
    ],
  },
  'no-token': {
    tone: 'unknown',
    title: 'This screen has no wall link',
    details: ['Create one in Planeboard under "Set up a wall" and open it here.'],
  },
  off: {
    tone: 'unknown',
    title: 'The status wall is off',
    details: ["PLANEBOARD_WALL is set to off on Planeboard's server."],
  },
  unreadable: {
    tone: 'unknown',
    title: "Planeboard can't check this screen's access",
    details: ["Planeboard's own account can't read the list of wall links."],
  },
  full: {
    tone: 'unknown',
    title: 'Too many walls are open',
    details: ["This screen tries again every 15 seconds. Close walls that you don't need."],
  },
};
