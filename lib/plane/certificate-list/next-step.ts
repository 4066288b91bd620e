import { bundleState, unusableText } from '@/lib/plane/health/ca-bundle';
import type { CertificateFact, HealthLimits, ParsedCa } from '@/lib/plane/health/health-facts';
import { Clock } from '@/lib/plane/health/health-finding';
import { leafRenewal } from '@/lib/plane/health/leaf-renewal';
import type { Plane } from '@/lib/plane/model/plane';
import { formatAge } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';

/** What is to be done about a certificate, most urgent first. */
export const STEP_GROUPS = ['fix', 'replace', 'upcoming', 'none', 'unchecked'] as const;
export type StepGroup = (typeof STEP_GROUPS)[number];

/** How far ahead a renewal or an end counts as upcoming. */
export const UPCOMING_MS = 90 * DAY_MS;

/** The next step for one certificate. */
export interface NextStep {
  readonly group: StepGroup;
  /** What is wrong, or what will happen; an empty text if there is nothing to say. */
  readonly state: string;
  /** What to do; an empty text if there is nothing to do. */
  readonly action: string;
  /** When it happens or happened, for sorting, milliseconds since the epoch; null: no time belongs to it. */
  readonly atMs: number | null;
}

/** What is known of a plane whose resource names no certificate, or can't be read: nothing that could be checked. */
export const NOTHING_NAMED: NextStep = {
  group: 'unchecked',
  state: "The plane names no certificate, or its resource can't be read.",
  action: 'Open the plane to see why.',
  atMs: null,
};

/**
 * Returns what to do about a certificate next. The days of warning are those of health, so the two never disagree.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function nextStep(
  plane: Pick<Plane, 'chartsUnknown'>,
  fact: CertificateFact,
  limits: HealthLimits,
  nowMs: number,
): NextStep {
  switch (fact.state) {
    case 'not-checked':
      return step(
        'unchecked',
        "Planeboard's account can't read the Secret, or hasn't read it yet.",
        'Check it yourself, or grant access to the Secret.',
      );
    case 'absent':
      return step('fix', 'None exists.', 'Add a certificate.');
    case 'secret-missing':
      return step('fix', `The Secret ${fact.secret} doesn't exist.`, 'Create the Secret, or choose another.');
    case 'key-missing':
      return step('fix', `The Secret ${fact.secret} has no key ${fact.key}.`, 'Add the key to the Secret.');
    case 'unparsable':
      return step('fix', `It can't be read: ${fact.problem}`, 'Replace it.');
    case 'parsed':
      return stepOfBundle(plane, fact, limits, nowMs);
  }
}

function stepOfBundle(
  plane: Pick<Plane, 'chartsUnknown'>,
  ca: ParsedCa,
  limits: HealthLimits,
  nowMs: number,
): NextStep {
  if (ca.obstacle !== undefined) return step('fix', `It can't be used. ${ca.obstacle}`, 'Replace it.');
  const { whole, endMs, beginsMs, expiredMs, endingMs } = bundleState(ca, limits, new Clock(nowMs));
  if (whole === 'expired') return step('fix', expiredText(endMs, nowMs), 'Replace it.', endMs);
  if (whole === 'future')
    return step(
      'fix',
      beginsMs === null ? "It isn't valid yet." : `It's valid in ${formatAge(beginsMs - nowMs)}.`,
      "Add one that's valid now, or wait.",
      beginsMs,
    );
  const renewal = leafRenewal({ ...plane, facts: { certificate: ca } }, nowMs);
  if (renewal?.state === 'due')
    return step(
      'replace',
      'The chart has probably renewed it by now.',
      'Register the new certificate before the agent restarts.',
      endMs,
    );
  if (whole === 'ending') return step('replace', endText(endMs, nowMs), 'Add its successor.', endMs);
  const [endsFirstMs] = endingMs.toSorted((a, b) => a - b);
  if (endsFirstMs !== undefined)
    return step(
      'replace',
      `One of ${ca.count} ends in ${formatAge(endsFirstMs - nowMs)}.`,
      'Make sure that the agent uses another, then remove it.',
      endsFirstMs,
    );
  if (expiredMs.length > 0)
    return step(
      'replace',
      `${expiredMs.length} of ${ca.count} expired.`,
      'Remove what expired.',
      expiredMs[0],
    );
  const unusable = unusableText(ca);
  if (unusable !== null) return step('replace', `${unusable}.`, "Remove what can't be used.");
  if (renewal && renewal.atMs - nowMs <= UPCOMING_MS)
    return step(
      'upcoming',
      `The chart renews it in about ${formatAge(renewal.atMs - nowMs)}.`,
      'Then register the new certificate before the agent restarts, or move the plane to a CA of its own.',
      renewal.atMs,
    );
  if (endMs !== null && endMs - nowMs <= UPCOMING_MS)
    return step('upcoming', endText(endMs, nowMs), 'Plan its replacement.', endMs);
  return step('none', endMs === null ? "Its end can't be read." : endText(endMs, nowMs), '', endMs);
}

function step(group: StepGroup, state: string, action: string, atMs: number | null = null): NextStep {
  return { group, state, action, atMs };
}

function expiredText(endMs: number | null, nowMs: number): string {
  return endMs === null ? 'It expired.' : `It expired ${formatAge(nowMs - endMs)} ago.`;
}

function endText(endMs: number | null, nowMs: number): string {
  return endMs === null ? 'It ends soon.' : `It ends in ${formatAge(endMs - nowMs)}.`;
}
