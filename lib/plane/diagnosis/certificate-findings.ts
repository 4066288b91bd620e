import { usageObstacle } from '@/lib/plane/credentials/judge-certificates';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import { type CaView, caView } from './ca-view';
import { agentCommand, remedy } from './commands';
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
  | 'certificate-expired'
  | 'certificate-partly-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-expiring'
  | 'certificate-partly-expiring';

const TITLES: Record<CertificateCode, string> = {
  'certificate-absent': 'It names no CA',
  'certificate-unparsable': 'Its CA cannot be read',
  'certificate-expired': 'Its CA has expired',
  'certificate-partly-expired': 'Part of its CA has expired',
  'certificate-not-yet-valid': 'Its CA is not valid yet',
  'certificate-expiring': 'Its CA expires soon',
  'certificate-partly-expiring': 'Part of its CA expires soon',
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
    remedies: MATERIAL_CODES.has(code)
      ? registerRemedies(input)
      : PART_CODES.has(code)
        ? dropRemedies(input)
        : replaceRemedies(input),
  };
}

/** There is no usable certificate to keep beside a new one. */
const MATERIAL_CODES: ReadonlySet<CertificateCode> = new Set([
  'certificate-absent',
  'certificate-unparsable',
]);

/** Another certificate is already beside it. */
const PART_CODES: ReadonlySet<CertificateCode> = new Set([
  'certificate-partly-expired',
  'certificate-partly-expiring',
]);

const UNKNOWN_WHICH =
  'Old and new stand together while a certificate is replaced. The API does not tell by which of them the agent was verified.';

function consequenceOf(input: DiagnosisInput, view: CaView, code: CertificateCode): string {
  const hidden = isClusterWide(input)
    ? ' A cluster-wide kind counts refused agents too, so its status would not show that.'
    : '';
  switch (code) {
    case 'certificate-absent':
    case 'certificate-unparsable':
      return `No agent can be verified, and the controller reports no status or leaves the last one as it was. The API server accepts such a plane, so nothing else says so.`;
    case 'certificate-expired':
      return `An agent that is connected stays so until it has to connect again; then it is refused.${hidden}`;
    case 'certificate-partly-expired':
      return `${UNKNOWN_WHICH} If it was the expired one, an agent that is connected stays so until it has to connect again; then it is refused.${hidden}`;
    case 'certificate-partly-expiring':
      return `${UNKNOWN_WHICH} If it was this one, an agent that has to connect again is refused once it has expired, while one that is connected still looks well.${hidden}`;
    case 'certificate-not-yet-valid':
      return `Until then every agent that connects is refused.${hidden}`;
    case 'certificate-expiring':
      return `Once it has expired, an agent that has to connect again is refused, while one that is connected still looks well.${renewalText(view)}${hidden}`;
  }
}

/** Finds valid certificates that can't verify an agent because of their key usage. */
export function unusableFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const certificates = input.related?.value.ca.certificates ?? [];
  const obstacles = certificates.map((certificate) => usageObstacle('agent-ca', certificate));
  const first = obstacles[0];
  // One usable certificate is enough, so only a bundle without any is a problem.
  if (first === undefined || first === null || obstacles.includes(null)) return [];
  const which = obstacles.length === 1 ? '' : `None of its ${obstacles.length} certificates can. The first: `;
  return [
    {
      code: 'certificate-unusable',
      severity: severityOfCause(input, ...REFUSALS),
      title: 'Its CA cannot verify agents',
      known: `${which}${first}`,
      evidence: `Key usage and extended key usage in the certificate itself. ${caEvidence(input, caView(input))}`,
      consequence: `The gateway refuses every agent that shows a certificate for this plane.${isClusterWide(input) ? ' A cluster-wide kind counts refused agents too, so its status does not show that.' : ''}`,
      remedies: replaceRemedies(input),
    },
  ];
}

/** Notes that the registered certificate is the agent's own, so its renewal must be registered too. */
export function pinnedFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = caView(input);
  if (view.fact.state !== 'parsed' || !view.fact.selfSignedLeaf || view.reasons.length > 0) return [];
  return [
    {
      code: 'certificate-pinned',
      severity: 'note',
      title: "Registered is the agent's own certificate",
      known:
        view.fact.count === 1
          ? `${view.fact.subject} is signed by itself and no CA: what this plane accepts is one agent's certificate.`
          : `${view.fact.subject}, which of its ${view.fact.count} certificates lasts longest, is signed by itself and no CA: it is one agent's certificate.`,
      evidence: caEvidence(input, view),
      consequence: renewalText(view).trim(),
      remedies: replaceRemedies(input),
    },
  ];
}

/** Describes the renewal, which outdates a pinned certificate. */
function renewalText({ fact }: CaView): string {
  if (fact.state !== 'parsed' || !fact.selfSignedLeaf) return '';
  const notAfterMs = parseTimeMs(fact.notAfter);
  const when = notAfterMs === null ? '' : `, at about ${formatUtc(notAfterMs - RENEWAL_DAYS * DAY_MS)}`;
  return ` The charts have it renewed ${RENEWAL_DAYS} days before its end${when}. The agent shows the new one as soon as it restarts, and this plane then refuses it.`;
}

/** Describes where the CA is stored and whose account read it. */
export function caEvidence(input: DiagnosisInput, { readBy, fact }: CaView): string {
  if (fact.state === 'absent') return absentEvidence(input);
  const source = input.related?.value.ca.source;
  const where =
    source?.from === 'secret'
      ? `Key ${source.key} of Secret ${source.namespace}/${source.name}, which ${caField(input)} names`
      : source?.from === 'inline'
        ? `The text in ${caField(input)}.value`
        : 'secret' in fact
          ? `Secret ${fact.secret}, which ${caField(input)} names`
          : caField(input);
  const clock = fact.state === 'parsed' ? ", compared with the API server's clock" : '';
  const who =
    readBy === 'caller'
      ? `, read with your rights${readAge(input)}`
      : ", read by Planeboard's own account at most a few minutes ago";
  return `${where}${who}${clock}.`;
}

function absentEvidence(input: DiagnosisInput): string {
  return isClusterWide(input)
    ? `${caField(input)} has neither a value nor a Secret with its namespace, which a cluster-wide kind has to name.`
    : `${caField(input)} has neither a value nor a Secret.`;
}

/** Returns how to replace the CA without ever rejecting an agent. */
function replaceRemedies(input: DiagnosisInput): Remedy[] {
  const restart = agentCommand(input, 'restart-agent');
  return [
    ...lookRemedy(input),
    remedy(
      'Replace the certificate: write old and new together, restart the agent, and drop the old one once it is back.',
      undefined,
      'replace-certificate',
    ),
    ...(restart === undefined
      ? []
      : [
          remedy(
            'An agent reads its certificate only when it starts, so restart it after a renewal.',
            restart,
          ),
        ]),
  ];
}

/** Returns how to finish a replacement that was begun. */
function dropRemedies(input: DiagnosisInput): Remedy[] {
  const restart = agentCommand(input, 'restart-agent');
  return [
    ...lookRemedy(input),
    ...(restart === undefined
      ? []
      : [remedy('Restart the agent, so that it shows the certificate that it has now.', restart)]),
    remedy('Once it is back, drop the old certificate.', undefined, 'replace-certificate'),
  ];
}

function registerRemedies(input: DiagnosisInput): Remedy[] {
  return [
    ...lookRemedy(input),
    remedy("Register what the agent's Secret holds as its CA.", undefined, 'replace-certificate'),
  ];
}

function lookRemedy(input: DiagnosisInput): Remedy[] {
  const command = agentCommand(input, 'agent-ca');
  return command === undefined ? [] : [remedy("Look at the CA that the agent's Secret holds now.", command)];
}
