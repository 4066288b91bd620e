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
        ? 'The Secret of its CA does not exist'
        : 'The Secret of its CA lacks the key',
    known: message,
    evidence: `${caEvidence(input, view)}${seenSince(input, view)}`,
    consequence:
      'Without it no agent can be verified, and the controller reports no status or leaves the last one as it was. Controllers do not watch Secrets: once it is there, the plane has to be asked again.',
    remedies: secretRemedies(input, view),
  };
}

/** Describes a conflict between the two accounts, which may differ for minutes after a fix. */
function seenSince({ related, ...rest }: DiagnosisInput, { readBy }: CaView): string {
  const source = related?.value.ca.source;
  if (readBy !== 'planeboard' || source?.from !== 'secret' || source.state !== 'read') return '';
  return ` Read with your rights${readAge({ related, ...rest })} it is there, so one of the two is out of date; Planeboard's account looks again within minutes.`;
}

function secretRemedies(input: DiagnosisInput, { fact }: CaView): Remedy[] {
  return [
    remedy("Save the CA of the agent, from the plane's own cluster.", saveAgentCa(input, CA_FILE)),
    ...(fact.state === 'secret-missing' ? [createRemedy(input, fact.secret)] : []),
    ...(fact.state === 'key-missing' ? [keyRemedy(input, fact.secret, fact.key)] : []),
    remedy('Then have the controller look at once.', undefined, 'refresh'),
    remedy(
      'Or paste it here: Planeboard writes it into that Secret, under that key.',
      undefined,
      'replace-certificate',
    ),
  ];
}

function createRemedy(input: DiagnosisInput, secret: string): Remedy {
  // A plane may name anything. An invalid name needs to be changed, so it gets no command.
  if (!secret.split('/').every(isKubernetesName)) {
    return remedy('No Secret can have that name: name another one.', undefined, 'edit-spec');
  }
  const source = input.related?.value.ca.source;
  const key = source?.from === 'secret' ? source.key : '<key>';
  return remedy(
    'Create it with that file, under the key that the plane names.',
    controlPlaneKubectl(
      input,
      `create secret generic ${secretArguments(secret)} --from-file=${shellQuote(`${key}=${CA_FILE}`)}`,
    ),
  );
}

function keyRemedy(input: DiagnosisInput, secret: string, key: string): Remedy {
  if (!SECRET_KEY.test(key)) {
    return remedy('No Secret can have a key of that name: name another one.', undefined, 'edit-spec');
  }
  return remedy(
    `Put that file under the key "${key}"; the other keys stay.`,
    `${controlPlaneKubectl(input, `patch secret ${secretArguments(secret)} --type=merge`)} \\\n  -p "{\\"data\\":{\\"${key}\\":\\"$(base64 < ${CA_FILE} | tr -d '\\n')\\"}}"`,
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
      title: isRefused ? 'You may not read the Secret of its CA' : 'The Secret of its CA could not be read',
      known: isRefused
        ? `${secret}, which holds its CA, may not be read with your rights.`
        : `${secret}, which holds its CA, could not be read just now.`,
      evidence: `The API server's answer to a get of ${secret}${readAge(input)}.`,
      consequence: isKnownOtherwise
        ? "What is said of the CA here comes from Planeboard's own account. Replacing the certificate in that Secret takes rights on it."
        : 'Whether it exists, and what is in it, is not checked: a CA that is missing or expired would not show here.',
      remedies: isRefused
        ? [
            remedy(
              'Check your rights.',
              controlPlaneKubectl(
                input,
                `auth can-i get secrets/${shellQuote(source.name)} -n ${shellQuote(source.namespace)}`,
              ),
            ),
          ]
        : [remedy('Open this page again.')],
    },
  ];
}
