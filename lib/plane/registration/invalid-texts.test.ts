import { describe, expect, test } from 'vitest';
import type { Release } from '@/demo/crds/profiles';
import type { Json } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import type { PlaneKindName } from '@/lib/plane/model/kinds';
import { DRAFT_ID, NOTHING_KNOWN } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { checkDraft } from './check-draft';
import type { Draft } from './draft';
import { newDraft } from './new-draft';

/** A field of the wizard, and what it reports for each text that people type into it by mistake. */
interface Input {
  readonly release: Release;
  readonly kind: PlaneKindName;
  /** The path in the draft. */
  readonly path: readonly string[];
  readonly draft?: Partial<Draft>;
  readonly texts: readonly (readonly [what: string, typed: string, problem: string])[];
}

const NEWEST = { release: '1.2', kind: 'DataPlane' } as const;
const DIRECT = { release: '0.7', kind: 'DataPlane', draft: { connection: 'direct' } } as const;
const HTTPS = ['spec', 'gateway', 'ingress', 'external', 'https'];
const DNS_LABEL = 'Use only lowercase letters, digits and dashes. Start and end with a letter or digit.';
const PORT = 'A port is a whole number from 1 to 65535.';

const INPUTS: Readonly<Record<string, Input>> = {
  Name: {
    release: '1.2',
    kind: 'ClusterDataPlane',
    path: ['name'],
    texts: [
      ['capital letters', 'Prod-EU', 'Use only lowercase letters, such as prod-eu.'],
      ['an underscore', 'prod_eu', 'Use dashes instead of underscores, such as prod-eu.'],
      ['a space', 'prod eu', 'Use dashes instead of spaces.'],
      ['an umlaut', 'küche', 'Use only lowercase letters, digits and dashes. "ü" isn\'t allowed.'],
      ['a trailing dash', 'prod-', 'End with a letter or digit.'],
      ['a leading dash', '-prod', 'Start with a letter or digit.'],
      ['254 characters', 'a'.repeat(254), 'Use at most 253 characters; this has 254.'],
      ['a path', '../prod', 'Use only lowercase letters, digits and dashes. "/" isn\'t allowed.'],
    ],
  },
  'Plane ID': {
    release: '1.2',
    kind: 'ClusterDataPlane',
    path: ['spec', 'planeID'],
    texts: [
      ['a dot', 'prod.eu', DNS_LABEL],
      ['capital letters', 'Prod', DNS_LABEL],
      ['64 characters', 'a'.repeat(64), 'Use at most 63 characters; this has 64.'],
    ],
  },
  'Key of the agent CA': {
    ...NEWEST,
    path: ['credentials', 'clusterAgent.clientCA', 'key'],
    texts: [
      ['a slash', 'tls/ca.crt', 'Use only letters, digits, dashes, underscores and dots.'],
      ['only dots', '..', "A key can't be a single dot or start with two dots."],
    ],
  },
  Host: {
    ...NEWEST,
    path: [...HTTPS, 'host'],
    texts: [
      [
        'a URL',
        'https://api.example.com',
        'Remove https:// and enter only the host name, such as api.example.com.',
      ],
      [
        'a port',
        'api.example.com:443',
        'Remove the port and enter only the host name, such as api.example.com.',
      ],
      [
        'a path',
        'api.example.com/v1',
        'Remove the path and enter only the host name, such as api.example.com.',
      ],
      ['capital letters', 'API.example.com', 'Use only lowercase letters, such as api.example.com.'],
      ['consecutive dots', 'api..example.com', "Don't use two dots in a row."],
      ['a space', 'api example.com', "A host name can't contain spaces."],
      ['an incomplete IPv4 address', '10.0.0', 'Enter a host name or a complete IPv4 address.'],
    ],
  },
  Port: {
    ...NEWEST,
    path: [...HTTPS, 'port'],
    texts: [
      ['zero', '0', PORT],
      ['a number above 65535', '65536', PORT],
      ['a word', 'https', PORT],
      ['a fraction', '80.5', PORT],
    ],
  },
  'Observability plane': {
    ...NEWEST,
    path: ['spec', 'observabilityPlaneRef', 'kind'],
    draft: { spec: { observabilityPlaneRef: { kind: '', name: 'obs' } } },
    texts: [
      ['no choice', '', 'Choose one.'],
      ['a kind it lacks', 'DataPlane', 'Allowed values: ObservabilityPlane, ClusterObservabilityPlane.'],
    ],
  },
  'Observer URL': {
    release: '1.2',
    kind: 'ObservabilityPlane',
    path: ['spec', 'observerURL'],
    texts: [
      [
        'a missing scheme',
        'observer.example.com',
        'Start with https:// or http://, such as https://observer.example.com.',
      ],
      ['another scheme', 'ftp://observer.example.com', 'Start with https:// or http:// instead of ftp://.'],
      [
        'a password',
        'https://me:secret@observer.example.com',
        "Remove the username and password. URLs aren't secret.",
      ],
      ['an impossible port', 'https://observer.example.com:99999', 'A port is a number from 1 to 65535.'],
    ],
  },
  'API server URL': {
    ...DIRECT,
    path: ['spec', 'kubernetesCluster', 'server'],
    texts: [
      ['plain HTTP', 'http://k8s.example.com:6443', 'Start with https:// instead of http://.'],
      ['a space', 'https://k8s example.com', "A URL can't contain spaces."],
    ],
  },
  'Bearer token': {
    ...DIRECT,
    path: ['credentials', 'kubernetesCluster.auth.bearerToken', 'text'],
    draft: { connection: 'direct', auth: 'bearer-token' },
    texts: [
      ['spaces', 'abc def', 'A token is a single line without spaces.'],
      ['the word Bearer', 'Bearer abc.def', 'Enter only the token, without "Bearer".'],
      [
        'accented letters',
        'jeton-é',
        'A token contains only letters without accents, digits and punctuation.',
      ],
    ],
  },
  'An image pull Secret': {
    ...DIRECT,
    path: ['spec', 'imagePullSecretRefs', '0'],
    draft: { connection: 'direct', spec: { imagePullSecretRefs: [''] } },
    texts: [['an empty item', '', 'This is required.']],
  },
  'Registry prefix': {
    release: '0.3',
    kind: 'DataPlane',
    path: ['spec', 'registry', 'prefix'],
    texts: [
      [
        'a URL',
        'https://docker.io/myorg',
        'Remove https:// and enter only the host and path, such as docker.io/myorg.',
      ],
      ['a trailing slash', 'docker.io/myorg/', 'Remove the trailing slash.'],
    ],
  },
};

/** Returns the errors that a draft with the text has at the input's field. */
function errorsAt({ release, kind: name, path, draft: changes }: Input, typed: string): string[] {
  const kind = installedKind(release, name);
  const draft = { ...newDraft(kind, DRAFT_ID, { namespace: 'acme' }), ...changes };
  return checkDraft(typedInto(draft, path, typed), kind, NOTHING_KNOWN)
    .filter((problem) => problem.severity === 'error' && problem.path.join('/') === path.join('/'))
    .map(({ message }) => message);
}

function typedInto(draft: Draft, [part = '', ...rest]: readonly string[], typed: string): Draft {
  if (part === 'name') return { ...draft, name: typed };
  if (part === 'spec') return { ...draft, spec: withText(draft.spec, rest, typed) };
  const [slot = '', field = ''] = rest;
  const before = draft.credentials[slot];
  if (!before) throw new Error(`There is no credential ${slot}.`);
  return { ...draft, credentials: { ...draft.credentials, [slot]: { ...before, [field]: typed } } };
}

/** A list's items are replaced as a whole, because a path in a spec has no indexes. */
function withText(spec: Draft['spec'], path: readonly string[], typed: string): Draft['spec'] {
  const value: Json = path.at(-1) === '0' ? [typed] : typed;
  return withValueAt(spec, path.at(-1) === '0' ? path.slice(0, -1) : path, value);
}

for (const [label, input] of Object.entries(INPUTS)) {
  describe(label, () => {
    test.each(input.texts)('rejects %s: %j', (_what, typed, problem) => {
      expect(errorsAt(input, typed)).toEqual([problem]);
    });
  });
}
