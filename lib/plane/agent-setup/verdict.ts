/** The four conditions for a connected plane, in order. */
export const CHECK_IDS = ['accepted', 'reported', 'seen', 'trusted'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export const CHECK_TITLES: Record<CheckId, string> = {
  accepted: 'Resource accepted',
  reported: 'Status reported',
  seen: 'Agent detected',
  trusted: 'Agent accepted by this plane',
};

/**
 * `done` needs fresh facts; `waiting` may resolve by itself; `problem` needs a fix; `cannot-tell` means that the API
 * doesn't say or can't be reached.
 */
export type CheckState = 'done' | 'waiting' | 'problem' | 'cannot-tell';

/** A command for further diagnosis, filled in by the page. */
export type RemedyCommand =
  | 'agent-logs'
  | 'agent-values'
  | 'restart-agent'
  | 'agent-ca'
  | 'control-plane-pods';

/** Something to do or to check. */
export interface SetupRemedy {
  readonly text: string;
  readonly command?: RemedyCommand;
}

export interface Check {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly message: string;
  readonly remedies: readonly SetupRemedy[];
}

/** The result of one rule, without the check's id, which is added later. */
export type Verdict = Omit<Check, 'id'>;

export function verdict(state: CheckState, message: string, ...remedies: SetupRemedy[]): Verdict {
  return { state, message, remedies };
}
