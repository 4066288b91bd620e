import type { FindingCode } from './finding-codes';

/** What the page can do about a finding; it turns these into its own buttons and links. */
export type RemedyAction =
  | 'replace-certificate'
  | 'edit-spec'
  | 'refresh'
  | 'connect-agent'
  | 'open-observability-plane'
  | 'register-observability-plane'
  | 'open-siblings'
  | 'open-referrers'
  | 'delete';

export interface Remedy {
  /** What to do, one sentence. */
  readonly text: string;
  /** A command that does or shows it, ready to copy; contexts are placeholders such as `<plane-context>`. */
  readonly command?: string;
  readonly action?: RemedyAction;
}

/** One thing that explains, or may explain, why a plane is as it is. */
export interface DiagnosisFinding {
  readonly code: FindingCode;
  /** `trouble` explains a state worse than degraded, `warning` will or may, `note` is good to know. */
  readonly severity: 'trouble' | 'warning' | 'note';
  readonly title: string;
  /** What is known. */
  readonly known: string;
  /** How it is known: which field, which object, whose clock. */
  readonly evidence: string;
  /** What follows from it. */
  readonly consequence: string;
  readonly remedies: readonly Remedy[];
}
