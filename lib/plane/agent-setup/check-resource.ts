import { isControllerSilent } from '@/lib/plane/health/controller-delay';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { unobservedChanges, unobservedSince } from '@/lib/plane/model/unobserved-change';
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
    return verdict('problem', `Planeboard can't read this resource: ${plane.unreadable.join(' ')}`, {
      text: "Check its YAML on the plane's page.",
    });
  }
  if (plane.deletingSince !== undefined) {
    return verdict('problem', 'This plane is being deleted.', {
      text: 'Wait until the deletion finishes, then register it again. Deleting briefly disconnects every agent on its planeID.',
    });
  }
  const failed = plane.conditions.find(({ type, status }) => type === 'Created' && status === 'False');
  if (failed) {
    return verdict(
      'problem',
      `The controller couldn't process this plane: ${failed.message ?? failed.reason ?? 'no reason given'}.`,
      { text: 'Fix the reported problem. The controller retries automatically.' },
    );
  }
  const { expectedPlaneID } = facts;
  if (expectedPlaneID !== null && plane.planeID !== null && plane.planeID !== expectedPlaneID) {
    return verdict(
      'problem',
      `This plane has planeID "${plane.planeID}", but this page was opened for "${expectedPlaneID}". An agent with that ID belongs to another plane.`,
      {
        text: `The commands on this page use "${plane.planeID}". Reinstall an agent that uses "${expectedPlaneID}" with them, or change the plane's planeID.`,
      },
    );
  }
  return verdict('done', createdText(row, facts.nowMs));
}

function createdText({ plane }: JudgedPlane, nowMs: number): string {
  const createdAtMs = parseTimeMs(plane.createdAt);
  return createdAtMs === null ? 'Exists.' : `Created ${formatAge(nowMs - createdAtMs)} ago.`;
}

function withoutResource({ entry, identity, listed }: SetupFacts): Verdict {
  const name = objectName({ kind: entry.kind, ...identity });
  switch (listed) {
    case 'yes':
      return verdict('waiting', `${name} doesn't exist yet. This page updates when it's created.`);
    case 'no':
      return verdict(
        'cannot-tell',
        `Planeboard hasn't read the ${entry.plural} yet, so it can't tell whether ${name} exists.`,
      );
    case 'not-installed':
      return verdict('problem', `The kind ${entry.kind} isn't installed, so ${name} can't exist.`, {
        text: 'Release 1.0 replaced build planes with workflow planes. The registration wizard shows the installed kinds.',
      });
    case 'forbidden':
      return verdict(
        'cannot-tell',
        `You can't list ${entry.plural}, so this page can't follow ${name}. Ask an administrator for permission to list and watch them.`,
      );
  }
}

/** The verdict for an unreadable resource, of which only the name can be trusted. */
export const UNREADABLE = verdict('cannot-tell', "The resource can't be read.");

/** The verdict on a left-over kind, whose status no longer changes. */
export const UNRECONCILED = verdict(
  'cannot-tell',
  'No controller of this release reconciles this kind, so its status no longer changes.',
);

/** Returns the verdict on a plane's status while there is no visible plane. */
export function resourceAwaited({ listed }: SetupFacts): Verdict {
  return listed === 'yes'
    ? verdict('waiting', 'Waiting for the resource to be created.')
    : verdict('cannot-tell', 'Unknown without the resource.');
}

/** Checks whether there is a status, and whether it covers the last change of the resource. */
export function checkStatus(facts: SetupFacts): Verdict {
  const { row } = facts;
  if (!row) return resourceAwaited(facts);
  const { plane } = row;
  if (plane.unreadable) return UNREADABLE;
  if (plane.facts.unreconciled) return UNRECONCILED;
  if (!plane.agent) return withoutStatus(facts, row);
  if (unobservedChanges(plane) > 0) {
    return isSilent(facts, parseTimeMs(unobservedSince(plane)))
      ? verdict(
          'problem',
          "The controller isn't responding. The status predates the last change.",
          CONTROLLER_REMEDY,
        )
      : verdict('waiting', "The controller hasn't applied the last change yet.");
  }
  const stale = reasonOf(row, 'heartbeat-stale');
  if (stale !== null) {
    return isSilent(facts, facts.refreshesMs[0] ?? null) || facts.incident
      ? verdict('problem', `The controller isn't responding. ${stale}`, CONTROLLER_REMEDY)
      : verdict(
          'waiting',
          facts.refreshesMs.length === 0 ? stale : `${stale} A status refresh was requested.`,
        );
  }
  return verdict('done', 'The controller has reported a status.');
}

const CONTROLLER_REMEDY: SetupRemedy = {
  text: "Check that OpenChoreo's controller manager and cluster gateway are running in the control plane.",
  command: 'control-plane-pods',
};

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
    return verdict('problem', `No status yet: ${afterColon(cause)}`, {
      text: 'Fix this. The controller then writes the status within a minute.',
    });
  }
  if (facts.incident || isSilent(facts, parseTimeMs(plane.createdAt))) {
    return verdict(
      'problem',
      "The controller isn't responding. It hasn't reported a status.",
      CONTROLLER_REMEDY,
      {
        text: "Check that the CA's Secret exists and isn't empty. The controller writes no status without it.",
      },
    );
  }
  return verdict('waiting', "The controller hasn't reconciled this plane yet. This usually takes seconds.");
}

function unmeasured(facts: SetupFacts, row: JudgedPlane): Verdict {
  const { plane } = row;
  const failed = reasonOf(row, 'condition-false');
  if (failed !== null) {
    return verdict('problem', failed, {
      text: 'Fix the reported problem. The controller retries automatically.',
    });
  }
  const isSaid = (...types: string[]) =>
    plane.conditions.find(({ type, status }) => types.includes(type) && status === 'True');
  const ready = isSaid('Connected', 'Ready');
  if (ready)
    return verdict(
      'done',
      `The controller reports ${ready.type}${ready.message ? `: ${ready.message}` : ''}.`,
    );
  if (isSaid('Created')) {
    return verdict('done', "The controller has processed this plane. It doesn't report the connection.");
  }
  if (facts.setup === 'unknown' || plane.schemaUnknown) {
    return verdict(
      'cannot-tell',
      "Planeboard can't read the fields of this release, so it can't tell what the controller reports.",
    );
  }
  return isSilent(facts, parseTimeMs(plane.createdAt))
    ? verdict('cannot-tell', "The controller hasn't set a condition. Some releases set none on this kind.")
    : verdict('waiting', "The controller hasn't set a condition yet.");
}

/** Adapts a sentence to follow a colon. Names such as CA and Secret keep their capital. */
function afterColon(sentence: string): string {
  return /^(Its|It|No|The|This)\b/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
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
