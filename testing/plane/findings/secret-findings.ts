import { aCaSecret, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { type FindingRow, withoutAgent } from './sample-planes';

/** The situations for findings about a CA's Secret. */
export const SECRET_ROWS: readonly FindingRow[] = [
  {
    code: 'secret-missing',
    when: "Planeboard can't find the Secret, and no status was ever written",
    situation: {
      plane: withoutAgent,
      facts: { certificate: { state: 'secret-missing', secret: 'acme/prod-agent-ca' } },
      related: relatedResourcesWith({
        ca: { source: aCaSecret({ state: 'missing' }), certificates: [], findings: [] },
      }),
    },
    severity: 'error',
    known: "Secret acme/prod-agent-ca, which should hold the agent CA, doesn't exist.",
    says: ["Controllers don't watch Secrets"],
    command:
      'kubectl --context cp create secret generic prod-agent-ca -n acme --from-file=ca.crt=agent-ca.crt',
    action: 'refresh',
  },
  {
    code: 'secret-missing',
    when: 'only the caller can read Secrets',
    situation: {
      related: relatedResourcesWith({
        ca: { source: aCaSecret({ state: 'missing' }), certificates: [], findings: [] },
      }),
    },
    severity: 'warning',
    known: "Secret acme/prod-agent-ca, which should hold the agent CA, doesn't exist.",
    says: ['read with your permissions 12 s ago'],
  },
  {
    code: 'secret-key-missing',
    when: 'the Secret has another key',
    situation: {
      facts: { certificate: { state: 'key-missing', secret: 'acme/prod-agent-ca', key: 'ca.crt' } },
    },
    severity: 'warning',
    known: 'Secret acme/prod-agent-ca has no key "ca.crt", which should hold the agent CA.',
    command: [
      'kubectl --context cp patch secret prod-agent-ca -n acme --type=merge \\',
      '  -p "{\\"data\\":{\\"ca.crt\\":\\"$(base64 < agent-ca.crt | tr -d \'\\n\')\\"}}"',
    ].join('\n'),
  },
  {
    code: 'secret-unreadable',
    when: 'neither Planeboard nor the caller can read the Secret',
    situation: {
      related: relatedResourcesWith({
        ca: { source: aCaSecret({ state: 'not-visible' }), certificates: [], findings: [] },
      }),
    },
    severity: 'note',
    known:
      "You can't read Secret acme/prod-agent-ca, which should hold the agent CA. Ask an administrator for permission to get it.",
    says: ["a missing or expired CA wouldn't show here"],
    command: 'kubectl --context cp auth can-i get secrets/prod-agent-ca -n acme',
  },
  {
    code: 'secret-missing',
    when: 'the Secret was created after Planeboard read it',
    situation: {
      facts: { certificate: { state: 'secret-missing', secret: 'acme/prod-agent-ca' } },
      related: relatedResourcesWith(),
    },
    severity: 'warning',
    known: "Secret acme/prod-agent-ca, which should hold the agent CA, doesn't exist.",
    says: ['It exists when read with your permissions 12 s ago, so one of the two is out of date'],
  },
];
