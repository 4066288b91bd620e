import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { type CaView, caView } from './ca-view';
import { caEvidence } from './certificate-findings';
import { controlPlaneKubectl, remedy, saveAgentCa, secretArguments } from './commands';
import { type DiagnosisFinding, type Remedy, severityOfCause } from './diagnosis-finding';
import { type DiagnosisInput, readAge } from './diagnosis-input';

const CA_FILE = 'agent-ca.crt';
const SECRET_KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** Finds a missing Secret or key of the CA. */
export function secretFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = caView(input);
  return view.reasons.flatMap(({ code, message }) =>
    code === 'secret-missing' || code === 'secret-key-missing'
      ? [secretFinding(input, view, code, message)]
      : [],
  );
}

function secretFinding(
  input: DiagnosisInput,
  view: CaView,
  code: 'secret-missing' | 'secret-key-missing',
  message: string,
): DiagnosisFinding {
  return {
    code,
    severity: severityOfCause(input, 'status-missing', 'heartbeat-stale', 'never-connected', 'agent-lost'),
    title:
      code === 'secret-missing'
        ? "The agent CA's Secret doesn't exist"
        : "The agent CA's Secret lacks the key",
    known: message,
    evidence: `${caEvidence(input, view)}${seenSince(input, view)}`,
    consequence:
      "Without it, no agent can be verified, and the controller reports no status or leaves the last one unchanged. Controllers don't watch Secrets, so refresh the status once it exists.",
    remedies: secretRemedies(input, view),
  };
}

/** Describes a conflict between the two accounts, which may differ for minutes after a fix. */
function seenSince({ related, ...rest }: DiagnosisInput, { readBy }: CaView): string {
  const source = related?.value.ca.source;
  if (readBy !== 'planeboard' || source?.from !== 'secret' || source.state !== 'read') return '';
  return ` It exists when read with your permissions${readAge({ related, ...rest })}, so one of the two is out of date. Planeboard's own account reads it again within minutes.`;
}

function secretRemedies(input: DiagnosisInput, { fact }: CaView): Remedy[] {
  return [
    remedy("Save the agent's CA from the plane's own cluster.", saveAgentCa(input, CA_FILE)),
    ...(fact.state === 'secret-missing' ? [createRemedy(input, fact.secret)] : []),
    ...(fact.state === 'key-missing' ? [keyRemedy(input, fact.secret, fact.key)] : []),
    remedy('Then refresh the status.', undefined, 'refresh'),
    remedy(
      'Or paste the CA here. Planeboard writes it to that Secret, under that key.',
      undefined,
      'replace-certificate',
    ),
  ];
}

function createRemedy(input: DiagnosisInput, secret: string): Remedy {
  // A plane may name anything. An invalid name needs to be changed, so it gets no command.
  if (!secret.split('/').every(isKubernetesName)) {
    return remedy("A Secret can't have this name. Choose another.", undefined, 'edit-spec');
  }
  const source = input.related?.value.ca.source;
  const key = source?.from === 'secret' ? source.key : '<key>';
  return remedy(
    'Create the Secret from that file, under the key that the plane uses.',
    controlPlaneKubectl(
      input,
      `create secret generic ${secretArguments(secret)} --from-file=${shellQuote(`${key}=${CA_FILE}`)}`,
    ),
    undefined,
    'plane',
  );
}

function keyRemedy(input: DiagnosisInput, secret: string, key: string): Remedy {
  if (!SECRET_KEY.test(key)) {
    return remedy("A Secret can't have this key. Choose another.", undefined, 'edit-spec');
  }
  return remedy(
    `Store that file under the key "${key}". Other keys don't change.`,
    `${controlPlaneKubectl(input, `patch secret ${secretArguments(secret)} --type=merge`)} \\\n  -p "{\\"data\\":{\\"${key}\\":\\"$(base64 < ${CA_FILE} | tr -d '\\n')\\"}}"`,
    undefined,
    'plane',
  );
}

/**
 * Notes that the caller may not read the CA. This page then doesn't know it, even if Planeboard's own account does.
 */
export function unreadableSecretFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const source = input.related?.value.ca.source;
  if (source?.from !== 'secret' || (source.state !== 'not-visible' && source.state !== 'unknown')) return [];
  const secret = `Secret ${source.namespace}/${source.name}`;
  const isRefused = source.state === 'not-visible';
  const isKnownOtherwise = input.row.plane.facts.certificate.state !== 'not-checked';
  return [
    {
      code: 'secret-unreadable',
      severity: 'note',
      title: isRefused ? "You can't read the agent CA's Secret" : "The agent CA's Secret couldn't be read",
      known: isRefused
        ? `You can't read ${secret}, which should hold the agent CA. Ask an administrator for permission to get it.`
        : `${secret}, which should hold the agent CA, couldn't be read just now.`,
      evidence: `The API server's response to a get of ${secret}${readAge(input)}.`,
      consequence: isKnownOtherwise
        ? "This page shows the CA as Planeboard's own account read it. Replacing the certificate in that Secret requires permission on it."
        : "The Secret and its contents aren't checked, so a missing or expired CA wouldn't show here.",
      remedies: isRefused
        ? [
            remedy(
              'Check your permissions.',
              controlPlaneKubectl(
                input,
                `auth can-i get secrets/${shellQuote(source.name)} -n ${shellQuote(source.namespace)}`,
              ),
            ),
          ]
        : [remedy('Reload this page.')],
    },
  ];
}
