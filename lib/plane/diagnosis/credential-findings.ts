import { credentialFindings as credentialReasons } from '@/lib/plane/health/certificate-rules';
import { type CredentialGroup, credentialGroups } from '@/lib/plane/health/credential-groups';
import type { CredentialFact } from '@/lib/plane/health/health-facts';
import { Clock } from '@/lib/plane/health/health-finding';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { capital, joinList } from '@/lib/plane/model/text';
import { controlPlaneKubectl, remedy, secretArguments } from './commands';
import { type DiagnosisFinding, type Remedy, severityOfCause } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** The title of each finding. `label` names the credential within a sentence: `client certificate`. */
const TITLES = {
  'secret-missing': (label: string) => `The ${label}'s Secret doesn't exist`,
  'secret-key-missing': (label: string) => `The ${label}'s Secret lacks the key`,
  'credential-absent': (label: string) => `No ${label}`,
  'private-key-unparsable': (label: string) => `${capital(label)} can't be read`,
  'private-key-mismatch': () => "Private key doesn't match the client certificate",
  'certificate-absent': (label: string) => `No ${label}`,
  'certificate-unparsable': (label: string) => `${capital(label)} can't be read`,
  'certificate-partly-unparsable': (label: string) => `Part of the ${label} can't be used`,
  'certificate-expired': (label: string) => `${capital(label)} expired`,
  'certificate-partly-expired': (label: string) => `Part of the ${label} expired`,
  'certificate-not-yet-valid': (label: string) => `${capital(label)} isn't valid yet`,
  'certificate-unusable': (label: string) => `${capital(label)} can't be used`,
  'certificate-expiring': (label: string) => `${capital(label)} expires soon`,
  'certificate-partly-expiring': (label: string) => `Part of the ${label} expires soon`,
} as const satisfies Record<string, (label: string) => string>;
type CredentialCode = keyof typeof TITLES;

/** Of several certificates, another one may be the one that's used. */
const PARTS: ReadonlySet<CredentialCode> = new Set([
  'certificate-partly-unparsable',
  'certificate-partly-expired',
  'certificate-partly-expiring',
]);
const SOON: ReadonlySet<CredentialCode> = new Set(['certificate-expiring', 'certificate-partly-expiring']);

/** Finds problems with the credentials that the control plane calls the cluster with, by health's own rules. */
export function credentialFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { row, limits, nowMs } = input;
  return credentialGroups(row.plane.facts.credentials ?? []).flatMap((group) =>
    [...credentialReasons(group, limits, new Clock(nowMs))].flatMap(({ reason }) =>
      isCredentialCode(reason.code) ? [credentialFinding(input, group, reason.code, reason.message)] : [],
    ),
  );
}

function isCredentialCode(code: string): code is CredentialCode {
  return Object.hasOwn(TITLES, code);
}

function credentialFinding(
  input: DiagnosisInput,
  group: CredentialGroup,
  code: CredentialCode,
  message: string,
): DiagnosisFinding {
  const { first: credential, label } = group;
  const isOne = group.others.length === 0;
  return {
    code,
    severity: SOON.has(code) ? 'warning' : severityOfCause(input, 'condition-false'),
    title: isOne ? TITLES[code](label) : "A Secret with several credentials doesn't exist",
    known: message,
    evidence: evidenceOf(group),
    consequence: consequenceOf(code, credential, label),
    remedies: [
      ...secretRemedies(input, credential),
      // Only a credential that the plane has can be replaced.
      credential.fact.state === 'absent'
        ? remedy(`Set the ${label} in the spec.`, undefined, 'edit-spec')
        : remedy(
            `Replace ${isOne ? `the ${label}` : 'them'} here. Planeboard checks ${isOne ? 'it' : 'each'} first.`,
            undefined,
            'replace-certificate',
          ),
    ],
  };
}

function evidenceOf({ first: { slot, fact }, others }: CredentialGroup): string {
  const secret = 'secret' in fact ? `Secret ${fact.secret}, set in ` : '';
  const clock = 'notAfter' in fact ? ", compared with the API server's clock" : '';
  const slots = joinList([slot, ...others.map((other) => other.slot)].map((name) => `spec.${name}`));
  return `${secret}${slots}, read with Planeboard's own account at most a few minutes ago${clock}.`;
}

function consequenceOf(
  code: CredentialCode,
  { purpose, fact }: Pick<CredentialFact, 'purpose' | 'fact'>,
  label: string,
): string {
  const hidden =
    'No agent reports on this plane, so its status may not show this, and keeps what was written before.';
  if (SOON.has(code)) return `After that, the control plane can't use the ${label}. ${hidden}`;
  if (fact.state === 'absent')
    return purpose === 'server-ca'
      ? `The control plane can't call a cluster whose API server has a certificate of its own CA. ${hidden}`
      : `The control plane can't call the plane's cluster without a ${label}. ${hidden}`;
  return PARTS.has(code)
    ? `If the cluster's API server depends on that part, the control plane can't call it. ${hidden}`
    : `The control plane can't call the plane's cluster with this ${label}. ${hidden}`;
}

/** A plane may name anything. An invalid name needs to be changed, so it gets no command. */
function secretRemedies(input: DiagnosisInput, { fact }: CredentialFact): Remedy[] {
  if (!('secret' in fact)) return [];
  if (!fact.secret.split('/').every(isKubernetesName))
    return [remedy("A Secret can't have this name. Choose another.", undefined, 'edit-spec')];
  const what = fact.state === 'key-missing' ? `Add the key "${fact.key}" to the Secret` : 'Create the Secret';
  return [
    remedy(
      `${what}, then refresh the status.`,
      controlPlaneKubectl(input, `get secret ${secretArguments(fact.secret)}`),
    ),
    remedy("Refresh the status once it exists. Controllers don't watch Secrets.", undefined, 'refresh'),
  ];
}
