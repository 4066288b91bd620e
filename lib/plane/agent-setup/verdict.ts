/** The four things that have to be so before a plane is connected, in their order. */
export const CHECK_IDS = ['accepted', 'reported', 'seen', 'trusted'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export const CHECK_TITLES: Record<CheckId, string> = {
  accepted: 'Resource accepted',
  reported: 'Status reported',
  seen: 'Agent seen',
  trusted: 'Agent accepted by this plane',
};

/**
 * `done` only from facts that are fresh; `waiting` for something that may come by itself; `problem` for what somebody has
 * to mend; `cannot-tell` where the API does not tell, or cannot be asked.
 */
export type CheckState = 'done' | 'waiting' | 'problem' | 'cannot-tell';

/** A command that helps to look further; the page fills it in. */
export type RemedyCommand =
  | 'agent-logs'
  | 'agent-values'
  | 'restart-agent'
  | 'agent-ca'
  | 'control-plane-pods';

/** Something to do or to look at. */
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

/** What one rule says; the check's name is added where the checks are put together. */
export type Verdict = Omit<Check, 'id'>;

export function verdict(state: CheckState, message: string, ...remedies: SetupRemedy[]): Verdict {
  return { state, message, remedies };
}
