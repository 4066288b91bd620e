import { describe, expect, test } from 'vitest';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { matchesPattern } from '@/lib/plane/schema/linear-pattern';
import { unparsed } from '@/lib/plane/schema/unparsed';
import { CERTIFICATE_PEM, DRAFT_ID, NOTHING_KNOWN, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind, inventedKind } from '@/testing/plane/installed-kinds';
import { knownPlane } from '@/testing/plane/plane-fixture';
import { checkDraft } from './check-draft';
import type { Draft } from './draft';
import type { CheckContext, KnownPlane } from './known-planes';
import { newDraft } from './new-draft';

const dataPlane = installedKind('1.2', 'DataPlane');
const clusterDataPlane = installedKind('1.2', 'ClusterDataPlane');
const directPlane = installedKind('0.7', 'DataPlane');
const oldestPlane = installedKind('0.3', 'DataPlane');
const CA = 'clusterAgent.clientCA';

/** A valid draft, with the changes a test needs. */
function validDraft(kind: InstalledKind, changes: Partial<Draft> = {}): Draft {
  const draft = newDraft(kind, DRAFT_ID, { namespace: 'acme' });
  const spec: JsonObject = kind.entry.scope === 'Cluster' ? { planeID: 'prod' } : {};
  const credentials = Object.fromEntries(
    Object.entries(draft.credentials).map(([id, credential]) => [
      id,
      { ...credential, name: credential.name || `prod-${id.length}`, text: CERTIFICATE_PEM },
    ]),
  );
  return { ...draft, name: 'prod', spec, credentials, ...changes };
}

function withCa(changes: Partial<Credential>, kind = dataPlane): Draft {
  const draft = validDraft(kind);
  const before = draft.credentials[CA];
  if (!before) throw new Error('There is no CA.');
  return { ...draft, credentials: { [CA]: { ...before, ...changes } } };
}

function problemsOf(draft: Draft, kind: InstalledKind, context: Partial<CheckContext> = {}): string[] {
  return checkDraft(draft, kind, { ...NOTHING_KNOWN, matchesPattern, ...context }).map(
    ({ path, severity, message }) => `${path.join('.')} ${severity}: ${message}`,
  );
}

test('accepts a valid draft', () => {
  expect(problemsOf(validDraft(dataPlane), dataPlane)).toEqual([]);
  expect(problemsOf(validDraft(clusterDataPlane), clusterDataPlane)).toEqual([]);
});

test("lists an empty draft's required fields in the order of the steps", () => {
  expect(problemsOf(newDraft(clusterDataPlane, DRAFT_ID), clusterDataPlane)).toEqual([
    'name error: Enter a name, such as prod-eu.',
    `credentials.${CA}.name error: Enter the name of the Secret.`,
    `credentials.${CA}.text error: Paste the agent CA, or choose the Secret that contains it.`,
    'spec.planeID error: This is required.',
  ]);
  const paths = checkDraft(newDraft(oldestPlane, DRAFT_ID), oldestPlane, NOTHING_KNOWN).map(({ path }) =>
    path.join('.'),
  );
  expect(paths.toSorted()).toEqual([
    'credentials.kubernetesCluster.credentials.caCert.text',
    'credentials.kubernetesCluster.credentials.clientCert.text',
    'credentials.kubernetesCluster.credentials.clientKey.text',
    'name',
    'namespace',
    'spec.gateway.organizationVirtualHost',
    'spec.gateway.publicVirtualHost',
    'spec.kubernetesCluster.credentials.apiServerURL',
    'spec.kubernetesCluster.name',
    'spec.registry.prefix',
  ]);
});

describe('names', () => {
  test.each([
    ['prod.eu', undefined],
    ['Prod', 'Use only lowercase letters, such as prod.'],
    ['my_plane', 'Use dashes instead of underscores, such as my-plane.'],
    ['-prod', 'Start with a letter or digit.'],
    ['prod-', 'End with a letter or digit.'],
    ['.prod', 'Start with a letter or digit.'],
    ['a..b', "Don't use two dots in a row."],
    ['a.-b', "Don't put a dot next to a dash."],
    ['my plane', 'Use dashes instead of spaces.'],
    ['prod/eu', 'Use only lowercase letters, digits and dashes. "/" isn\'t allowed.'],
    ['prüd', 'Use only lowercase letters, digits and dashes. "ü" isn\'t allowed.'],
    ['../x', 'Use only lowercase letters, digits and dashes. "/" isn\'t allowed.'],
    ['a'.repeat(253), undefined],
    ['a'.repeat(254), 'Use at most 253 characters; this has 254.'],
  ])('%j: %s', (name, message) => {
    expect(problemsOf(validDraft(dataPlane, { name }), dataPlane)).toEqual(
      message ? [`name error: ${message}`] : [],
    );
  });

  const planes: KnownPlane[] = [
    knownPlane({ plural: 'dataplanes', kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'prod' }),
    knownPlane({ plural: 'clusterdataplanes', kind: 'ClusterDataPlane', name: 'shared', planeID: 'shared' }),
  ];

  test('rejects a taken name of the same kind and namespace, and no other', () => {
    expect(problemsOf(validDraft(dataPlane), dataPlane, { planes })).toEqual([
      'name error: The data plane prod in the namespace acme already exists. Choose another name.',
    ]);
    expect(problemsOf(validDraft(dataPlane, { namespace: 'other' }), dataPlane, { planes })).toEqual([]);
    expect(problemsOf(validDraft(clusterDataPlane), clusterDataPlane, { planes })).toEqual([]);
    expect(
      problemsOf(validDraft(clusterDataPlane, { name: 'shared' }), clusterDataPlane, { planes }),
    ).toEqual(['name error: The cluster data plane shared already exists. Choose another name.']);
  });

  test('requires a valid and existing namespace', () => {
    expect(problemsOf(validDraft(dataPlane, { namespace: '' }), dataPlane)).toEqual([
      'namespace error: Choose a namespace.',
    ]);
    expect(problemsOf(validDraft(dataPlane, { namespace: 'a.b' }), dataPlane)).toEqual([
      'namespace error: Use dashes instead of dots.',
    ]);
    expect(problemsOf(validDraft(dataPlane), dataPlane, { namespaces: ['other'] })).toEqual([
      "namespace error: Namespace acme doesn't exist. Choose another.",
    ]);
    expect(problemsOf(validDraft(clusterDataPlane, { namespace: 'acme' }), clusterDataPlane)).toEqual([
      'namespace error: A cluster-wide plane has no namespace.',
    ]);
  });
});

describe('fields of the schema', () => {
  const field = (kind: InstalledKind, path: string[], value: Json) => {
    const draft = validDraft(kind);
    const problems = checkDraft(
      { ...draft, spec: withValueAt(draft.spec, path, value) },
      kind,
      NOTHING_KNOWN,
    );
    return problems
      .filter(({ path: at }) => at.join('.') === ['spec', ...path].join('.'))
      .map(({ message }) => message);
  };
  const https = ['gateway', 'ingress', 'external', 'https'];

  test.each([
    ['prod-eu', undefined],
    ['Prod', 'Use only lowercase letters, digits and dashes. Start and end with a letter or digit.'],
    ['a.b', 'Use only lowercase letters, digits and dashes. Start and end with a letter or digit.'],
    ['a'.repeat(64), 'Use at most 63 characters; this has 64.'],
    ['', 'This is required.'],
  ])('planeID %j: %s', (value, message) => {
    expect(field(clusterDataPlane, ['planeID'], value)).toEqual(message ? [message] : []);
  });

  test.each([
    [443, undefined],
    ['443', undefined],
    [0, 'A port is a whole number from 1 to 65535.'],
    [65536, 'A port is a whole number from 1 to 65535.'],
    ['80a', 'A port is a whole number from 1 to 65535.'],
    [4.5, 'A port is a whole number from 1 to 65535.'],
    ['', 'This is required.'],
  ])('port %j: %s', (value, message) => {
    expect(field(dataPlane, [...https, 'port'], value)).toEqual(message ? [message] : []);
  });

  test('limits ports to valid port numbers if the schema has no bounds', () => {
    const kind = installedKind('0.16', 'DataPlane');
    expect(field(kind, ['gateway', 'publicHTTPPort'], 70000)).toEqual([
      'A port is a whole number from 1 to 65535.',
    ]);
  });

  test('requires the fields of a group only while the group is present', () => {
    expect(field(dataPlane, [...https, 'host'], '')).toEqual(['This is required.']);
    expect(problemsOf(validDraft(dataPlane, { spec: { gateway: { ingress: {} } } }), dataPlane)).toEqual([]);
    expect(problemsOf(validDraft(dataPlane, { spec: { secretStoreRef: { name: '' } } }), dataPlane)).toEqual(
      [],
    );
  });

  test('rejects fields that the schema lacks, including prototype names', () => {
    const spec = JSON.parse('{"rgistry": "x", "gateway": {"__proto__": {"a": 1}}, "constructor": "x"}');
    expect(problemsOf(validDraft(dataPlane, { spec }), dataPlane)).toEqual([
      "spec.rgistry error: Unknown field rgistry. This installation's API doesn't define it.",
      "spec.constructor error: Unknown field constructor. This installation's API doesn't define it.",
      "spec.gateway.__proto__ error: Unknown field gateway.__proto__. This installation's API doesn't define it.",
    ]);
  });

  test('rejects a credential in the spec', () => {
    const spec = { clusterAgent: { clientCA: { value: CERTIFICATE_PEM } } };
    expect(problemsOf(validDraft(dataPlane, { spec }), dataPlane)).toEqual([
      "spec.clusterAgent.clientCA error: A credential doesn't belong in the spec of the draft.",
    ]);
  });

  const invented = inventedKind('WorkflowPlane', {
    type: 'object',
    required: ['zones', 'level'],
    properties: {
      zones: { type: 'array', minItems: 2, maxItems: 3, items: { type: 'string', pattern: '^z\\d$' } },
      level: { type: 'string', enum: ['low', 'high'] },
      ratio: { type: 'number', minimum: 0, maximum: 1 },
      code: { type: 'string', minLength: 3 },
      since: { type: 'string', format: 'date-time' },
      labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 3 } },
      mirrors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['host'],
          properties: { host: { type: 'string' }, weight: { type: 'integer' } },
        },
      },
      extra: { 'x-kubernetes-preserve-unknown-fields': true },
      on: { type: 'boolean' },
      wildcardHost: {
        type: 'object',
        properties: { host: { type: 'string', pattern: '^\\*\\.' }, a: { type: 'string' } },
      },
    },
  });
  const good: JsonObject = { zones: ['z1', 'z2'], level: 'low' };

  test.each<[JsonObject, string[]]>([
    [{}, []],
    [{ zones: [] }, ['spec.zones error: Add at least one.']],
    [{ zones: ['z1'] }, ['spec.zones error: Add at least 2 (now 1).']],
    [{ zones: ['z1', 'z2', 'z3', 'z4'] }, ['spec.zones error: Use at most 3 (now 4).']],
    [{ zones: ['z1', 'x'] }, ['spec.zones.1 error: This must match ^z\\d$']],
    [{ zones: ['z1', ''] }, ['spec.zones.1 error: This is required.']],
    [{ zones: 'z1' }, ['spec.zones error: Expected a list.']],
    [{ level: '' }, ['spec.level error: Choose one.']],
    [{ level: 'middle' }, ['spec.level error: Allowed values: low, high.']],
    [{ ratio: '0.5' }, []],
    [{ ratio: 2 }, ['spec.ratio error: Enter a number from 0 to 1.']],
    [{ code: 'ab' }, ['spec.code error: Use at least 3 characters; this has 2.']],
    [{ since: 'yesterday' }, ['spec.since error: Enter a time, such as 2026-03-10T12:00:00Z.']],
    [{ labels: { a: '' } }, []],
    [{ labels: { '': 'x' } }, ['spec.labels. error: Enter a name for this value.']],
    [{ labels: { a: 'long' } }, ['spec.labels.a error: Use at most 3 characters; this has 4.']],
    [
      { labels: { constructor: 'x' } },
      ['spec.labels.constructor error: The name "constructor" isn\'t allowed.'],
    ],
    [{ mirrors: [{ weight: 1 }] }, ['spec.mirrors.0.host error: This is required.']],
    [{ mirrors: [{ host: 'a', weight: 'x' }] }, ['spec.mirrors.0.weight error: Enter a whole number.']],
    [
      { mirrors: [{ host: 'a', wieght: 1 }] },
      [
        "spec.mirrors.0.wieght error: Unknown field mirrors.0.wieght. This installation's API doesn't define it.",
      ],
    ],
    [{ extra: unparsed('{') }, ['spec.extra error: Enter valid JSON or YAML.']],
    [
      { extra: { constructor: 1 } },
      ["spec.extra error: The names __proto__, constructor and prototype aren't allowed."],
    ],
    [{ on: 'yes' }, ['spec.on error: Choose yes or no.']],
    [{ wildcardHost: { host: '*.example.com' } }, []],
    [{ wildcardHost: 'x' }, ['spec.wildcardHost error: Expected an object with fields.']],
  ])('checks fields of an unknown schema: %j', (changes, expected) => {
    expect(problemsOf(validDraft(invented, { spec: { ...good, ...changes } }), invented)).toEqual(expected);
  });

  test('checks a pattern with nested repetitions, and leaves one that is invalid to the API server', () => {
    const kind = inventedKind('WorkflowPlane', {
      type: 'object',
      properties: { code: { type: 'string', pattern: '(' }, long: { type: 'string', pattern: '^(a|aa)+$' } },
    });
    const draft = validDraft(kind, { spec: { code: 'x', long: `${'a'.repeat(60)}!` } });
    expect(problemsOf(draft, kind)).toEqual(['spec.long error: This must match ^(a|aa)+$']);
    expect(problemsOf(draft, kind, { matchesPattern: undefined })).toEqual([]);
  });
});

describe('credentials', () => {
  const at = (part: string, message: string, severity = 'error') => [
    `credentials.${CA}.${part} ${severity}: ${message}`,
  ];

  test.each<[Partial<Credential>, string[]]>([
    [{ source: 'inline', name: '' }, []],
    [{ text: '' }, at('text', 'Paste the agent CA, or choose the Secret that contains it.')],
    [
      { text: PRIVATE_KEY_PEM },
      at('text', "This is a private key, which must stay where it's used. Enter the agent CA instead."),
    ],
    [{ name: '' }, at('name', 'Enter the name of the Secret.')],
    [{ name: 'A' }, at('name', 'Use only lowercase letters, such as a.')],
    [{ key: '' }, at('key', 'Enter the key in the Secret, such as ca.crt.')],
    [{ key: 'a b' }, at('key', 'Use only letters, digits, dashes, underscores and dots.')],
    [{ key: '..' }, at('key', "A key can't be a single dot or start with two dots.")],
    [{ namespace: 'a_b' }, at('namespace', 'Use dashes instead of underscores, such as a-b.')],
    [{ source: 'existing-secret', text: '' }, []],
    [{ source: 'existing-secret', text: '', name: '' }, at('name', 'Enter the name of the Secret.')],
  ])('%j', (changes, expected) => {
    expect(problemsOf(withCa(changes), dataPlane)).toEqual(expected);
  });

  test("requires the namespace of a cluster-wide plane's Secret", () => {
    const draft = withCa({ namespace: '' }, clusterDataPlane);
    expect(problemsOf(draft, clusterDataPlane)).toEqual(
      at('namespace', "Enter the Secret's namespace. A cluster-wide plane has none of its own."),
    );
  });

  test('reports inspection findings at the text, or at the name of an existing Secret', () => {
    const inspections = {
      [CA]: {
        certificates: [],
        keyMatches: null,
        findings: [
          { severity: 'error', about: 'certificate', message: 'It expired.' },
          { severity: 'warning', about: 'certificate', message: 'It is odd.' },
        ] as const,
      },
    };
    expect(problemsOf(validDraft(dataPlane), dataPlane, { inspections })).toEqual([
      ...at('text', 'It expired.'),
      ...at('text', 'It is odd.', 'warning'),
    ]);
    expect(problemsOf(withCa({ source: 'existing-secret' }), dataPlane, { inspections })).toEqual([
      ...at('name', 'It expired.'),
      ...at('name', 'It is odd.', 'warning'),
    ]);
  });

  test('rejects a Secret for a field that takes the text itself', () => {
    const draft = validDraft(oldestPlane);
    const id = 'kubernetesCluster.credentials.clientKey';
    const before = draft.credentials[id];
    if (!before) throw new Error('There is no key.');
    draft.credentials[id] = { ...before, source: 'existing-secret' };
    expect(problemsOf(draft, oldestPlane)).toContain(
      `credentials.${id}.source error: This field can't refer to a Secret. Enter the value inline.`,
    );
  });

  const certificate = 'kubernetesCluster.auth.mtls.clientCert';
  const key = 'kubernetesCluster.auth.mtls.clientKey';
  test.each([
    [certificate, key, key],
    ['kubernetesCluster.tls.ca', certificate, certificate],
  ])('rejects %s and %s under one key of a new Secret, at the later one only', (one, other, reportedAt) => {
    const draft = validDraft(directPlane, { connection: 'direct' });
    for (const id of [one, other]) {
      const before = draft.credentials[id];
      if (!before) throw new Error(`There is no ${id}.`);
      draft.credentials[id] = {
        ...before,
        name: 'prod-access',
        key: 'same',
        text: id === key ? PRIVATE_KEY_PEM : CERTIFICATE_PEM,
      };
    }
    const shared = problemsOf(draft, directPlane).filter((problem) => problem.includes('Another credential'));
    expect(shared).toEqual([
      `credentials.${reportedAt}.key error: Another credential of this plane already uses this key. Choose another key or Secret.`,
    ]);
  });
});

describe('the observability plane', () => {
  const planes: KnownPlane[] = [
    knownPlane({
      plural: 'observabilityplanes',
      kind: 'ObservabilityPlane',
      namespace: 'acme',
      name: 'obs',
      planeID: 'o',
    }),
    knownPlane({
      plural: 'clusterobservabilityplanes',
      kind: 'ClusterObservabilityPlane',
      name: 'shared',
      planeID: 's',
    }),
  ];
  const naming = (kind: string, name: string, context: Partial<CheckContext> = { planes }) =>
    problemsOf(
      validDraft(dataPlane, { spec: { observabilityPlaneRef: { kind, name } } }),
      dataPlane,
      context,
    );

  test('warns about a missing plane, and not about an existing or unknown one', () => {
    expect(naming('ObservabilityPlane', 'obs')).toEqual([]);
    expect(naming('ClusterObservabilityPlane', 'shared')).toEqual([]);
    expect(naming('ClusterObservabilityPlane', 'obs', {})).toEqual([]);
    expect(naming('ClusterObservabilityPlane', 'obs', { planes, hasHiddenPlanes: true })).toEqual([]);
    expect(naming('ClusterObservabilityPlane', 'obs')).toEqual([
      "spec.observabilityPlaneRef.name warning: The cluster observability plane obs doesn't exist. Until you create it, this plane has no observability plane: the one named default isn't used instead.",
    ]);
    expect(naming('ObservabilityPlane', 'other')).toEqual([
      "spec.observabilityPlaneRef.name warning: The observability plane other doesn't exist in the namespace acme. Until you create it, this plane has no observability plane: the one named default isn't used instead.",
    ]);
  });

  test("rejects a namespaced plane in a cluster-wide plane's reference", () => {
    const spec = { planeID: 'prod', observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } };
    expect(problemsOf(validDraft(clusterDataPlane, { spec }), clusterDataPlane)).toEqual([
      'spec.observabilityPlaneRef.kind error: Allowed values: ClusterObservabilityPlane.',
    ]);
  });
});

test("warns of an API server's address that leads to the machine itself", () => {
  const draft = validDraft(directPlane, {
    connection: 'direct',
    spec: { kubernetesCluster: { server: 'https://127.0.0.1:6443' } },
  });
  expect(problemsOf(draft, directPlane).filter((text) => text.includes('server'))).toEqual([
    "spec.kubernetesCluster.server warning: 127.0.0.1 is the machine itself: in a cluster, the control plane can't reach your machine by this address. Enter one that it can reach.",
  ]);
});
