import { coverStep } from '@/lib/plane/health/agent-restart';
import { nextBegin } from '@/lib/plane/health/ca-bundle';
import { knownAgents } from '@/lib/plane/health/fresh-agent';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import { type CaView, caView } from './ca-view';
import { agentCommand, remedy, restartAgentRemedies } from './commands';
import { type DiagnosisFinding, type Remedy, severityOfCause } from './diagnosis-finding';
import { caField, type DiagnosisInput, isClusterWide, readAge } from './diagnosis-input';

/** How long before its end the charts renew an agent's certificate. */
const RENEWAL_DAYS = 15;

/** A connected agent stays connected: the gateway verifies only connecting agents. */
const REFUSALS: readonly ReasonCode[] = ['never-connected', 'agent-lost'];
/** Without a readable CA, the controller writes no status. */
const UNREADABLE_CA: readonly ReasonCode[] = ['status-missing', 'heartbeat-stale', ...REFUSALS];

type CertificateCode =
  | 'certificate-absent'
  | 'certificate-unparsable'
  | 'certificate-partly-unparsable'
  | 'certificate-expired'
  | 'certificate-partly-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-unusable'
  | 'certificate-expiring'
  | 'certificate-partly-expiring';

const TITLES: Record<CertificateCode, string> = {
  'certificate-absent': 'No agent CA',
  'certificate-unparsable': "Agent CA can't be read",
  'certificate-partly-unparsable': "Part of the CA bundle can't be used",
  'certificate-expired': 'Agent CA expired',
  'certificate-partly-expired': 'Part of the CA bundle expired',
  'certificate-not-yet-valid': "Agent CA isn't valid yet",
  'certificate-unusable': "Agent CA can't verify agents",
  'certificate-expiring': 'Agent CA expires soon',
  'certificate-partly-expiring': 'Part of the CA bundle expires soon',
};

const SOON: ReadonlySet<CertificateCode> = new Set(['certificate-expiring', 'certificate-partly-expiring']);

/** Finds problems with the CA's material, by health's own rules. */
export function caFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = caView(input);
  return view.reasons.flatMap(({ code, message }) =>
    isCertificateCode(code) ? [caFinding(input, view, code, message)] : [],
  );
}

function isCertificateCode(code: string): code is CertificateCode {
  return code in TITLES;
}

function caFinding(
  input: DiagnosisInput,
  view: CaView,
  code: CertificateCode,
  message: string,
): DiagnosisFinding {
  const mayExplain =
    code === 'certificate-absent' || code === 'certificate-unparsable' ? UNREADABLE_CA : REFUSALS;
  return {
    code,
    severity: SOON.has(code) ? 'warning' : severityOfCause(input, ...mayExplain),
    title: TITLES[code],
    known: message,
    evidence: caEvidence(input, view),
    consequence: consequenceOf(input, view, code),
    remedies: caRemedies(input, view, code),
  };
}

function caRemedies(input: DiagnosisInput, view: CaView, code: CertificateCode): Remedy[] {
  if (MATERIAL_CODES.has(code)) return registerRemedies(input);
  if (code === 'certificate-partly-unparsable') return correctRemedies(input);
  const cover = DATE_CODES.has(code) || PART_CODES.has(code) ? coverStep(view.fact, input.nowMs) : null;
  if (cover !== null) return [...lookRemedy(input), remedy(cover, undefined, 'replace-certificate')];
  return PART_CODES.has(code) ? dropRemedies(input) : replaceRemedies(input);
}

/** There is no usable certificate to keep beside a new one. */
const MATERIAL_CODES: ReadonlySet<CertificateCode> = new Set([
  'certificate-absent',
  'certificate-unparsable',
]);

/** Problems that end when the next certificate becomes valid. */
const DATE_CODES: ReadonlySet<CertificateCode> = new Set([
  'certificate-not-yet-valid',
  'certificate-expiring',
]);

/** Another certificate is already beside it. */
const PART_CODES: ReadonlySet<CertificateCode> = new Set([
  'certificate-partly-expired',
  'certificate-partly-expiring',
]);

const UNKNOWN_WHICH =
  "During a replacement, the CA bundle contains the old and the new certificate. The API doesn't report which one verified the agent.";

function consequenceOf(input: DiagnosisInput, view: CaView, code: CertificateCode): string {
  const hidden = isClusterWide(input)
    ? " A cluster-wide plane reports any agent on its planeID, even a rejected one, so its status wouldn't show this."
    : '';
  const { plane, health } = input.row;
  const isDisconnected = knownAgents({ plane, health }) === 0;
  const appearsHealthy = isDisconnected ? '' : ' A connected agent still appears healthy.';
  switch (code) {
    case 'certificate-absent':
    case 'certificate-unparsable':
      return 'No agent can be verified, and the controller reports no status or leaves the last one unchanged. The API server accepts such a plane, so nothing else shows this.';
    case 'certificate-partly-unparsable':
      return `The gateway skips what it can't use without a message in the plane's status. The certificates that it can use still work.${hidden}`;
    case 'certificate-expired':
      return `${isDisconnected ? 'No agent can connect until the CA is replaced.' : 'A connected agent stays connected only until it has to reconnect.'}${hidden}`;
    case 'certificate-partly-expired':
      return `${UNKNOWN_WHICH} If it was an expired one, ${isDisconnected ? 'the gateway rejects the agent.' : 'a connected agent stays connected only until it has to reconnect.'}${hidden}`;
    case 'certificate-partly-expiring':
      return `${UNKNOWN_WHICH} If it was an expiring one, the gateway rejects the agent when it reconnects after the expiry.${appearsHealthy}${hidden}`;
    case 'certificate-not-yet-valid':
      return `Until then, the gateway rejects every agent that connects.${hidden}`;
    case 'certificate-unusable':
      return `The gateway rejects every agent that presents a certificate for this plane.${hidden}`;
    case 'certificate-expiring':
      return nextBeginOf(input, view) === null
        ? `After the expiry, the gateway rejects an agent that reconnects.${appearsHealthy}${renewalText(input, view)}${hidden}`
        : `An agent that is connected then stays connected only until it has to reconnect.${hidden}`;
  }
}

/** Notes that the registered certificate is the agent's own, so its renewal must be registered too. */
export function pinnedFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = caView(input);
  if (view.fact.state !== 'parsed' || !view.fact.selfSignedLeaf || view.reasons.length > 0) return [];
  return [
    {
      code: 'certificate-pinned',
      severity: 'note',
      title: "The registered CA is the agent's own certificate",
      known:
        view.fact.count === 1
          ? `${view.fact.subject} is self-signed and can't issue certificates, so this plane accepts only one agent's certificate.`
          : `${view.fact.subject}, the last of ${view.fact.count} certificates to expire, is self-signed and can't issue certificates. It's one agent's certificate.`,
      evidence: caEvidence(input, view),
      consequence: renewalText(input, view).trim(),
      remedies: replaceRemedies(input),
    },
  ];
}

/** Describes the renewal, which outdates a pinned certificate. */
function renewalText({ row }: DiagnosisInput, { fact }: CaView): string {
  if (fact.state !== 'parsed' || !fact.selfSignedLeaf) return '';
  if (row.plane.chartsUnknown)
    return " When it's renewed, the agent presents the new certificate after its next restart, and this plane's CA rejects it.";
  const notAfterMs = parseTimeMs(fact.notAfter);
  const when = notAfterMs === null ? '' : `, at about ${formatUtc(notAfterMs - RENEWAL_DAYS * DAY_MS)}`;
  return ` The charts renew this certificate ${RENEWAL_DAYS} days before it expires${when}. After its next restart, the agent presents the new certificate, which this plane's CA rejects.`;
}

/** Describes where the CA is stored and whose account read it. */
export function caEvidence(input: DiagnosisInput, { readBy, fact }: CaView): string {
  if (fact.state === 'absent') return absentEvidence(input);
  const source = input.related?.value.ca.source;
  const where =
    source?.from === 'secret'
      ? `Key ${source.key} of Secret ${source.namespace}/${source.name}, set in ${caField(input)}`
      : source?.from === 'inline'
        ? `The value in ${caField(input)}.value`
        : 'secret' in fact
          ? `Secret ${fact.secret}, set in ${caField(input)}`
          : caField(input);
  const clock = fact.state === 'parsed' ? ", compared with the API server's clock" : '';
  const who =
    readBy === 'caller'
      ? `, read with your permissions${readAge(input)}`
      : ", read with Planeboard's own account at most a few minutes ago";
  return `${where}${who}${clock}.`;
}

function absentEvidence(input: DiagnosisInput): string {
  return isClusterWide(input)
    ? `${caField(input)} has neither a value nor a Secret with a namespace, which a cluster-scoped kind requires.`
    : `${caField(input)} has neither a value nor a Secret.`;
}

/** Returns when a certificate becomes valid while none is, now or later, or null if that never happens. */
function nextBeginOf({ nowMs }: DiagnosisInput, { fact }: CaView): number | null {
  return fact.state === 'parsed' ? nextBegin(fact, nowMs) : null;
}

/** Returns how to replace the CA without ever rejecting an agent. */
function replaceRemedies(input: DiagnosisInput): Remedy[] {
  return [
    ...lookRemedy(input),
    remedy(
      'Replace the certificate: add the new certificate, restart the agent, and remove the old certificate once the agent reconnects.',
      undefined,
      'replace-certificate',
    ),
    ...restartAgentRemedies(
      input,
      'Restart the agent once the new certificate is added here. It reads its certificate only at startup.',
    ),
  ];
}

/** Returns how to finish a replacement that was begun. One remedy has both steps, so that no order swaps them. */
function dropRemedies(input: DiagnosisInput): Remedy[] {
  const restart = restartAgentRemedies(
    input,
    'Restart the agent so that it presents its current certificate. Remove the old certificate once the agent reconnects.',
    'replace-certificate',
  );
  return [
    ...lookRemedy(input),
    ...(restart.length > 0
      ? restart
      : [remedy('Remove the old certificate once the agent reconnects.', undefined, 'replace-certificate')]),
  ];
}

/** Returns how to get rid of a block that can't be read without losing the others. */
function correctRemedies(input: DiagnosisInput): Remedy[] {
  return [
    ...lookRemedy(input),
    remedy(
      'Replace this certificate with a corrected one, or remove it if no agent depends on it.',
      undefined,
      'replace-certificate',
    ),
  ];
}

function registerRemedies(input: DiagnosisInput): Remedy[] {
  return [
    ...lookRemedy(input),
    remedy("Register the CA in the agent's Secret.", undefined, 'replace-certificate'),
  ];
}

function lookRemedy(input: DiagnosisInput): Remedy[] {
  const command = agentCommand(input, 'agent-ca');
  return command === undefined ? [] : [remedy("Show the current CA in the agent's Secret.", command)];
}
