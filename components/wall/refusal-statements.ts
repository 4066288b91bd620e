import type { Statement } from '@/lib/plane/wall/statement';
import type { WallRefusal } from './wall-refusal';

/** What a screen that is not let in says, and what to do about it. */
export const REFUSAL_STATEMENTS: Record<WallRefusal, Statement> = {
  revoked: {
    tone: 'unknown',
    title: "This wall's link was revoked",
    details: ['Make a new link in Planeboard under “Set up a wall”, and open it here.'],
  },
  'no-token': {
    tone: 'unknown',
    title: 'This screen has no link to a wall',
    details: ['Make one in Planeboard under “Set up a wall”, and open it here.'],
  },
  off: {
    tone: 'unknown',
    title: 'The status wall is switched off',
    details: ['Whoever runs Planeboard has set PLANEBOARD_WALL to off.'],
  },
  unreadable: {
    tone: 'unknown',
    title: 'Planeboard cannot tell whether this screen may see a wall',
    details: ['Its own account may not read the list of links.'],
  },
};
