import type { JudgedPlane } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';
import { reasonOf, type SetupFacts } from './setup-facts';
import { type SetupRemedy, type Verdict, verdict } from './verdict';

/** Checks whether the API server has the resource as intended. */
export function checkResource(facts: SetupFacts): Verdict {
  const { row } = facts;
  if (!row) return withoutResource(facts);
  const { plane } = row;
  if (plane.unreadable) {
    return verdict('problem', `It exists, but cannot be read: ${plane.unreadable.join(' ')}`, {
      text: 'Its page shows the YAML as the API server has it.',
    });
  }
  if (plane.deletingSince !== undefined) {
    return verdict('problem', 'It is being deleted.', {
      text: 'Wait until it is gone and register it again; deleting disconnects every agent of its planeID for a moment.',
    });
  }
  const failed = plane.conditions.find(({ type, status }) => type === 'Created' && status === 'False');
  if (failed) {
    return verdict(
      'problem',
      `The controller could not take it up: ${failed.message ?? failed.reason ?? 'it does not say why'}.`,
      { text: 'Mend what it names; the controller tries again by itself.' },
    );
  }
  const { expectedPlaneID } = facts;
  if (expectedPlaneID !== null && plane.planeID !== null && plane.planeID !== expectedPlaneID) {
    return verdict(
      'problem',
      `It has planeID "${plane.planeID}", but this page was opened for "${expectedPlaneID}": an agent with that ID is another plane's.`,
      {
        text: `The commands here are made for "${plane.planeID}". An agent that was installed with "${expectedPlaneID}" has to be installed again with them, or the plane's planeID changed.`,
      },
    );
  }
  return verdict('done', createdText(row, facts.nowMs));
}

function createdText({ plane }: JudgedPlane, nowMs: number): string {
  const createdAtMs = parseTimeMs(plane.createdAt);
  return createdAtMs === null ? 'It exists.' : `Created ${formatAge(nowMs - createdAtMs)} ago.`;
}

function withoutResource({ entry, identity, listed }: SetupFacts): Verdict {
  const name = objectName({ kind: entry.kind, ...identity });
  switch (listed) {
    case 'yes':
      return verdict(
        'waiting',
        `${name} does not exist yet. Once somebody creates it, this page goes on by itself.`,
      );
    case 'no':
      return verdict(
        'cannot-tell',
        `Whether ${name} exists is not known yet: the ${entry.plural} have not been read.`,
      );
    case 'not-installed':
      return verdict(
        'problem',
        `This installation has no kind ${entry.kind}, so ${name} cannot exist on it.`,
        {
          text: 'Build planes became workflow planes in release 1.0; the wizard shows the kinds that are installed.',
        },
      );
    case 'forbidden':
      return verdict(
        'cannot-tell',
        `You may not list ${entry.plural}, so this page cannot follow ${name}. It takes list and watch on them.`,
      );
  }
}

/** The verdict for an unreadable resource, of which only the name can be trusted. */
export const UNREADABLE = verdict('cannot-tell', 'The resource cannot be read.');

/** Returns the verdict on a plane's status while there is no visible plane. */
export function resourceAwaited({ listed }: SetupFacts): Verdict {
  return listed === 'yes'
    ? verdict('waiting', 'Comes once the resource is there.')
    : verdict('cannot-tell', 'Nothing can be said without the resource.');
}

/** Checks whether there is a status, and whether it covers the last change of the resource. */
export function checkStatus(facts: SetupFacts): Verdict {
  const { row } = facts;
  if (!row) return resourceAwaited(facts);
  const { plane } = row;
  if (plane.unreadable) return UNREADABLE;
  if (!plane.agent) return withoutStatus(facts, row);
  const { observedGeneration, generation } = plane;
  const isBehind =
    facts.entry.scope === 'Namespaced' && observedGeneration !== undefined && observedGeneration < generation;
  if (isBehind) {
    return isSilent(facts, parseTimeMs(plane.specChangedAt) ?? parseTimeMs(plane.createdAt))
      ? verdict(
          'problem',
          'The controller is silent. It has not taken up the last change: what the status says is older.',
          CONTROLLER_REMEDY,
        )
      : verdict('waiting', 'The controller has not seen the last change yet.');
  }
  const stale = reasonOf(row, 'heartbeat-stale');
  if (stale !== null) {
    return isSilent(facts, facts.refreshesMs[0] ?? null) || facts.incident
      ? verdict('problem', `The controller is silent. ${stale}`, CONTROLLER_REMEDY)
      : verdict(
          'waiting',
          facts.refreshesMs.length === 0 ? stale : `${stale} The controller has been asked to look again.`,
        );
  }
  return verdict('done', 'The controller has looked at it.');
}

const CONTROLLER_REMEDY: SetupRemedy = {
  text: "Look whether OpenChoreo's controller manager and its cluster gateway run in the control plane.",
  command: 'control-plane-pods',
};

/**
 * How long a controller may take to respond. It reconciles a refreshed plane within seconds, and every plane once in
 * 60 s anyway.
 */
const CONTROLLER_SILENT_MS = 75_000;

/** Whether a controller that should have answered since then counts as silent. */
export function isControllerSilent(sinceMs: number, nowMs: number): boolean {
  return nowMs - sinceMs > paced(CONTROLLER_SILENT_MS);
}

function isSilent({ nowMs }: SetupFacts, sinceMs: number | null): boolean {
  return sinceMs !== null && isControllerSilent(sinceMs, nowMs);
}

function withoutStatus(facts: SetupFacts, row: JudgedPlane): Verdict {
  const { plane } = row;
  if (plane.connection === 'direct' || !plane.reportsAgent) return unmeasured(facts, row);
  // Without a CA, the controller writes no status.
  const cause = reasonOf(
    row,
    'secret-missing',
    'secret-key-missing',
    'certificate-absent',
    'certificate-unparsable',
  );
  if (cause !== null) {
    return verdict('problem', `No status yet, and this is why: ${afterColon(cause)}`, {
      text: 'Mend it, and the next look of the controller, at most a minute later, writes the status.',
    });
  }
  if (facts.incident || isSilent(facts, parseTimeMs(plane.createdAt))) {
    return verdict(
      'problem',
      'The controller is silent. It has not reported anything, although it was asked.',
      CONTROLLER_REMEDY,
      { text: 'It writes nothing either while the Secret that holds the CA is missing or empty.' },
    );
  }
  return verdict('waiting', 'The controller has not looked at it yet; that usually takes seconds.');
}

function unmeasured(facts: SetupFacts, row: JudgedPlane): Verdict {
  const { plane } = row;
  const failed = reasonOf(row, 'condition-false');
  if (failed !== null) {
    return verdict('problem', failed, { text: 'Mend what it names; the controller tries again by itself.' });
  }
  const isSaid = (...types: string[]) =>
    plane.conditions.find(({ type, status }) => types.includes(type) && status === 'True');
  const ready = isSaid('Connected', 'Ready');
  if (ready)
    return verdict('done', `The controller says ${ready.type}${ready.message ? `: ${ready.message}` : ''}.`);
  if (isSaid('Created')) {
    return verdict('done', 'The controller has taken it up. On the connection it says nothing.');
  }
  if (facts.setup === 'unknown' || plane.schemaUnknown) {
    return verdict(
      'cannot-tell',
      'Which fields this release has could not be read, so what it reports is not known.',
    );
  }
  return isSilent(facts, parseTimeMs(plane.createdAt))
    ? verdict('cannot-tell', 'The controller has set no condition. Not every release sets one on this kind.')
    : verdict('waiting', 'The controller has set no condition yet.');
}

/** Adapts a sentence to follow a colon. Names such as CA and Secret keep their capital. */
function afterColon(sentence: string): string {
  return /^(Its|It|No)\b/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

const EAGER_MS = 5 * 60_000;

/**
 * Returns how long to wait before refreshing a plane again: 15 s while the person is likely watching the page, and a
 * minute after that.
 *
 * @param elapsedMs the time since the first refresh
 */
export function refreshPauseMs(elapsedMs: number): number {
  return paced(elapsedMs < paced(EAGER_MS) ? 15_000 : 60_000);
}
