import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import {
  type ConnectionChange,
  connectionChange,
  pendingCaChange,
  slotOf,
} from '@/lib/plane/history/connection-change';
import type { WrittenField } from '@/lib/plane/history/field-writes';
import { secretOf } from '@/lib/plane/history/traced-fields';
import { fieldsText } from '@/lib/plane/history/write-text';
import { capital, joinList } from '@/lib/plane/model/text';
import { formatAge } from '@/lib/plane/time/age';
import { compareRemedies } from './agent-findings';
import { agentCommand, remedy } from './commands';
import { type DiagnosisFinding, hasReason, severityOfCause } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

const EVIDENCE =
  "This server's history, with the author from metadata.managedFields or from this server's own writes, and status of before and after the change.";

const SECRET_EVIDENCE =
  "Fingerprints from two readings of the Secret with Planeboard's own permissions. Secrets are read every few minutes and when a connection changes, so the change may have been some minutes earlier. A Secret doesn't say who changed it.";

/** Finds the change that a plane's connection ended after. */
export function connectionChangeFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const change = connectionChange(input.changes, input.row.plane);
  if (!change) return [];
  // During an incident, the other planes show that something else is more likely.
  const severity = hasReason(input, 'control-plane-incident')
    ? 'warning'
    : severityOfCause(input, 'agent-lost', 'never-connected', 'agent-refused', 'condition-false');
  return [
    {
      code: 'connection-changed',
      severity,
      evidence: change.by === null ? SECRET_EVIDENCE : EVIDENCE,
      ...TEXTS[change.subject](input, change),
    },
  ];
}

/** Notes that a connected agent's CA was changed in its Secret, which shows only when the agent connects again. */
export function pendingCaFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { plane } = input.row;
  const change = pendingCaChange(input.changes, plane);
  // A CA that is missing or can't be read has a finding of its own.
  if (!change || plane.facts.certificate.state !== 'parsed') return [];
  return [
    {
      code: 'certificate-replaced',
      severity: 'note',
      title: 'Agent CA changed in its Secret',
      known: `The ${fieldsText(asChanged([change.field]))} changed ${ageOf(input, change.atMs)}, and a certificate was removed from it. The agent isn't known to have connected since.`,
      evidence: `${SECRET_EVIDENCE} status.agentConnection.lastConnectedTime isn't later.`,
      consequence:
        'A connected agent stays connected, because the gateway verifies agents only when they connect. When the agent connects next, it needs a certificate that the present CA verifies.',
      remedies: compareRemedies(input),
    },
  ];
}

type Texts = Pick<DiagnosisFinding, 'title' | 'known' | 'consequence' | 'remedies'>;

const TEXTS: Record<ConnectionChange['subject'], (input: DiagnosisInput, change: ConnectionChange) => Texts> =
  { planeID: planeIdTexts, ca: caTexts, settings: settingsTexts };

function planeIdTexts(input: DiagnosisInput, change: ConnectionChange): Texts {
  const { by, atMs, planeID } = change;
  const before = planeID?.before ?? null;
  const after = input.row.plane.planeID ?? '';
  const was = before === null ? 'it was not set' : `was "${before}"`;
  const isLast = planeID?.after === input.row.plane.planeID;
  const what = isLast
    ? `: "${after}", ${was}.`
    : `. Before that, ${before === null ? was : `it ${was}`}. It has changed again since, to "${after}".`;
  const agent = connectionText(
    change,
    before === null
      ? 'The agent was connected until then, and none has connected since.'
      : `The agent that was connected until then uses "${before}", and none has connected since.`,
  );
  // An agent that is given this planeID too could be taken for that of the other plane.
  const isTaken = input.siblings.some(hasFreshAgent) || input.row.plane.facts.siblingAgent !== undefined;
  return {
    title: `planeID changed by ${by}`,
    known: `planeID changed ${ageOf(input, atMs)} by ${by}${what} ${agent}`,
    consequence: isTaken
      ? `The control plane finds an agent only under the planeID that the agent's chart was given. Another plane already reports an agent on "${after}". Unless both planes are the same cluster, this plane has no agent until the change is undone.`
      : `The control plane finds an agent only under the planeID that the agent's chart was given. Until that is "${after}", or the change is undone, this plane has no agent.`,
    remedies: [
      remedy(
        planeID?.written == null
          ? 'Undo the change: remove planeID, which was not set before.'
          : `Undo the change: set planeID to "${planeID.written}" again.`,
        undefined,
        'undo-change',
      ),
      ...(isTaken
        ? []
        : [
            remedy(
              `If the change is intended, set planeID to "${after}" in the agent chart's values.`,
              agentCommand(input, 'agent-values'),
              'connect-agent',
            ),
          ]),
    ],
  };
}

/** Says when the connection ended, which may have been by an earlier change. */
function connectionText({ wasConnected }: ConnectionChange, ifConnected: string): string {
  if (wasConnected === null)
    return "The status was stale then, so it isn't known whether the plane was connected. It hasn't connected since.";
  return wasConnected
    ? ifConnected
    : "An earlier change, undone since, had ended the connection already. The plane hasn't connected since.";
}

function caTexts(input: DiagnosisInput, change: ConnectionChange): Texts {
  const { by, atMs, fields } = change;
  return {
    title:
      by === null
        ? `Agent CA ${isRemoved(change) ? 'removed from' : 'changed in'} its Secret`
        : `Agent CA changed by ${by}`,
    known: `The ${by === null ? fieldsText(asChanged(fields)) : 'agent CA'} ${isRemoved(change) ? 'was removed' : 'changed'} ${ageOf(input, atMs)}${byText(by)}. ${connectionText(change, 'The agent was connected then, and none has connected since its connection ended.')}`,
    consequence:
      "The gateway rejects an agent whose certificate the changed CA doesn't verify. If that is the agent's, it stays disconnected.",
    remedies: [
      remedy(
        "Put the old certificate back, or add the CA that issues the agent's certificate.",
        undefined,
        'replace-certificate',
      ),
      ...compareRemedies(input).slice(0, 1),
    ],
  };
}

function settingsTexts(input: DiagnosisInput, change: ConnectionChange): Texts {
  const { by, atMs, fields } = change;
  return {
    title: by === null ? secretTitle(change) : `Connection settings changed by ${by}`,
    known: `${settingsText(change)} ${ageOf(input, atMs)}${byText(by)}. ${connectionText(change, "The plane was connected then, and hasn't connected since its connection ended.")}`,
    consequence: 'The connection depends on these fields, so the change is the most likely cause.',
    remedies: fields.every(({ path }) => slotOf(path) !== null || secretOf(path) !== null)
      ? [
          remedy(
            fields.length === 1
              ? 'Put the old credential back, or replace it by a valid one.'
              : 'Put the old credentials back, or replace them by valid ones.',
            undefined,
            'replace-certificate',
          ),
        ]
      : [remedy('Check the changed fields, and undo the change.', undefined, 'edit-spec')],
  };
}

function secretTitle(change: ConnectionChange): string {
  const how = isRemoved(change) ? 'removed from' : 'changed in';
  if (change.fields.length === 1) return `Credential ${how} its Secret`;
  return `Credentials ${how} their ${secretsOf(change.fields).length === 1 ? 'Secret' : 'Secrets'}`;
}

function secretsOf(fields: readonly WrittenField[]): string[] {
  return [...new Set(fields.map(({ path }) => secretOf(path)?.secret ?? ''))];
}

/** Returns what happened to the fields, to follow with when and by whom. */
function settingsText(change: ConnectionChange): string {
  const { by, fields } = change;
  const list =
    by === null ? credentialsText(fields) : fieldsText(fields).replace(/^credential /, 'Credential ');
  if (!isRemoved(change)) return `${list} changed`;
  return `${list} ${fields.length === 1 ? 'was' : 'were'} removed`;
}

/** Names credentials in Secrets, the Secret only once if they share it. */
function credentialsText(fields: readonly WrittenField[]): string {
  const [secret, ...others] = secretsOf(fields);
  if (fields.length === 1 || others.length > 0) return capital(fieldsText(asChanged(fields)));
  return `Credentials ${joinList(fields.map(({ path }) => secretOf(path)?.slot ?? ''))} in Secret ${secret}`;
}

function byText(by: string | null): string {
  return by === null ? '' : ` by ${by}`;
}

/** Returns whether the credential is gone with its Secret or key. */
function isRemoved({ by, fields }: ConnectionChange): boolean {
  return by === null && fields.every(({ change }) => change === 'removed');
}

/** Returns the fields without what happened to them, which a sentence says itself. */
function asChanged(fields: readonly WrittenField[]): WrittenField[] {
  return fields.map(({ path }) => ({ path, change: 'changed' }));
}

function ageOf({ nowMs }: DiagnosisInput, atMs: number): string {
  return `${formatAge(nowMs - atMs)} ago`;
}
