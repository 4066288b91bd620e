import { describe, expect, test } from 'vitest';
import { lastBegin } from '@/lib/plane/health/ca-bundle';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import {
  aControlPlane,
  inputOf,
  judged,
  relatedResourcesWith,
  type Situation,
} from '@/testing/plane/diagnosis-fixture';
import { AGENT_ROWS } from '@/testing/plane/findings/agent-findings';
import { CERTIFICATE_ROWS } from '@/testing/plane/findings/certificate-findings';
import { CHANGE_ROWS } from '@/testing/plane/findings/change-findings';
import { CONTROL_PLANE_ROWS } from '@/testing/plane/findings/control-plane-findings';
import { CREDENTIAL_ROWS } from '@/testing/plane/findings/credential-findings';
import { RESOURCE_ROWS } from '@/testing/plane/findings/resource-findings';
import {
  agent,
  another,
  clusterPlane,
  direct,
  frozen,
  gatewayDown,
  gone,
  incident,
  never,
  old,
  parsed,
  unreported,
} from '@/testing/plane/findings/sample-planes';
import { SECRET_ROWS } from '@/testing/plane/findings/secret-findings';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { provenWork } from './control-plane-view';
import { diagnose } from './diagnose';
import { type DiagnosisFinding, REACHES, type Remedy } from './diagnosis-finding';
import { separateLastSteps } from './remedy-order';

/** One choice of each dimension makes a situation. */
const AGENTS = { connected: agent(), frozen, gone, never, unreported, missing: undefined };
const DELETIONS = { no: undefined, short: ago(MINUTE_MS), long: ago(HOUR_MS) };
const OTHERS = {
  none: [],
  live: [another('eu')],
  'live of another kind': [another('obs', { kind: 'ObservabilityPlane', plural: 'observabilityplanes' })],
  frozen: [another('eu', { agent: frozen })],
  both: [another('eu'), another('us', { agent: frozen })],
  'a sibling with an agent': [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: agent() }))],
  'a sibling without one': [judged(clusterPlane({ name: 'shared', uid: 'uid-shared', agent: never }))],
};
const controllerDown = aControlPlane({
  lease: { name: 'openchoreo.dev', holder: 'cm-0', renewedAt: ago(DAY_MS), renewals: 'none' },
});
const [gateway, controller] = aControlPlane().workloads;
const replicas = aControlPlane({
  workloads: gateway && controller ? [{ ...gateway, desiredReplicas: 2 }, controller] : [],
});
const RELATED = {
  unread: undefined,
  working: relatedResourcesWith(),
  'gateway down': relatedResourcesWith({ controlPlane: gatewayDown }),
  'controller down': relatedResourcesWith({ controlPlane: controllerDown }),
  'several replicas': relatedResourcesWith({ controlPlane: replicas }),
  'not visible': relatedResourcesWith({
    controlPlane: { state: 'not-visible', workloads: [], lease: null },
  }),
};
const REST: Readonly<Record<string, Pick<Situation, 'facts' | 'incidents' | 'gateway'>>> = {
  nothing: {},
  incident: { facts: { incident: incident.id }, incidents: [incident] },
  'part of the fleet': {
    facts: { incident: incident.id },
    incidents: [{ ...incident, code: 'lost-together', connectedBefore: 36 }],
  },
  unreconciled: { facts: { unreconciled: true } },
  'unreconciled, with an expired gateway certificate': {
    facts: { unreconciled: true },
    gateway: gatewayFacts({ serving: readCertificate(ago(90 * DAY_MS), ago(HOUR_MS)) }),
  },
  'no contact': { facts: { contactAtMs: NOW_MS - 5 * MINUTE_MS } },
  'expired CA': { facts: { certificate: parsed({ notAfter: ago(DAY_MS) }) } },
  'CA bundle with a gap': {
    facts: {
      certificate: parsed({
        notBefore: ago(-10 * DAY_MS),
        count: 2,
        earlier: [{ notBefore: ago(DAY_MS), notAfter: ago(-3 * DAY_MS), selfSignedLeaf: false }],
      }),
    },
  },
  'missing Secret': { facts: { certificate: { state: 'secret-missing', secret: 'acme/prod-agent-ca' } } },
  'expired gateway certificate': {
    gateway: gatewayFacts({ serving: readCertificate(ago(90 * DAY_MS), ago(HOUR_MS)) }),
  },
  'another gateway CA': { gateway: gatewayFacts({ verified: false }) },
  'another gateway CA in an incident': {
    facts: { incident: incident.id },
    incidents: [incident],
    gateway: gatewayFacts({ verified: false }),
  },
};
const SCOPES = { namespaced: aPlane(old), 'cluster-wide': clusterPlane(old) };

interface Named {
  readonly name: string;
  readonly situation: Situation;
}

type Choice = readonly [
  scope: keyof typeof SCOPES,
  deletion: keyof typeof DELETIONS,
  rest: string,
  others: readonly (keyof typeof OTHERS)[],
];

const EVERYONE = Object.keys(OTHERS) as (keyof typeof OTHERS)[];

/** Each is tried with all agents and all control planes. What doesn't act together isn't tried together. */
const CHOICES: readonly Choice[] = [
  ['namespaced', 'no', 'nothing', EVERYONE],
  ['namespaced', 'short', 'nothing', ['none', 'live']],
  ['namespaced', 'long', 'nothing', EVERYONE],
  ['cluster-wide', 'no', 'nothing', EVERYONE],
  ...Object.keys(REST).flatMap((rest): Choice[] => [
    ['namespaced', 'no', rest, ['none', 'both', 'a sibling with an agent']],
    ['namespaced', 'long', rest, ['none', 'live']],
  ]),
];

function* combinations(): Generator<Named> {
  for (const [scope, deletion, rest, everyone] of CHOICES)
    for (const [agentName, itsAgent] of Object.entries(AGENTS))
      for (const others of everyone)
        for (const [related, resources] of Object.entries(RELATED)) {
          const { agent: _agent, ...plane } = SCOPES[scope];
          const deletingSince = DELETIONS[deletion];
          yield {
            name: [scope, agentName, `deletion ${deletion}`, `others ${others}`, related, rest].join(', '),
            situation: {
              plane: {
                ...plane,
                ...(itsAgent ? { agent: itsAgent } : {}),
                ...(deletingSince === undefined ? {} : { deletingSince }),
              },
              others: OTHERS[others],
              ...(resources ? { related: resources } : {}),
              ...REST[rest],
            },
          };
        }
}

const ROWS = [
  ...CHANGE_ROWS,
  ...RESOURCE_ROWS,
  ...CONTROL_PLANE_ROWS,
  ...SECRET_ROWS,
  ...CERTIFICATE_ROWS,
  ...CREDENTIAL_ROWS,
  ...AGENT_ROWS,
];
/** Diagnosed once, because there are thousands. */
const ALL = [
  ...ROWS.map(({ code, when, situation }): Named => ({ name: `${code}: ${when}`, situation })),
  ...combinations(),
].map(({ name, situation }) => {
  const input = inputOf(situation);
  const findings = diagnose(input);
  return { name, situation, input, findings, shown: separateLastSteps(findings) };
});

/** Whatever a page shows: all findings with everything they say, then the last steps. */
function shownText(findings: readonly DiagnosisFinding[]): string {
  return findings
    .flatMap(({ title, known, evidence, consequence, remedies }) => [
      title,
      known,
      evidence,
      consequence,
      ...remedies.map(({ text }) => text),
    ])
    .join('\n');
}

/** Pairs of statements of which at most one can be true. */
const EXCLUSIVE: readonly (readonly [RegExp, RegExp])[] = [
  // What works needs no restart, unless another cause names its own reason for one.
  [/gateway works|control plane (works|seems to work)/, /the gateway hangs|gateway may hang/],
  [/gateway works|control plane (works|seems to work)/, /gateway isn't ready|gateway is the likely cause/],
  [/gateway works|control plane (works|seems to work)/, /the controller or the gateway (is|may be) down/],
  [/gateway works|control plane (works|seems to work)/, /Either the controller or the gateway has stopped/],
  [/control plane (works|seems to work)/, /controller isn't working|controller has probably stopped/],
  [/controller and the gateway work/, /isn't working|isn't ready|may be down|may hang/],
  // A deletion explains the report, so nothing else does.
  [/A deletion disconnects the plane's agents/, /report itself has stopped/],
  [/A deletion disconnects the plane's agents/, /fails on this one|can't apply this plane's last change/],
  // A kind without a controller has none to blame.
  [
    /No controller (of this release )?reconciles this kind/,
    /controller removes|This release doesn't report agents/,
  ],
  [/No controller reconciles/, /Check the controller's log|Read the controller's log|the gateway hangs/],
  [/No controller reconciles/, /controller isn't working|Until it recovers|reason why no agent is connected/],
  [/No controller reconciles this kind/, /changes? from minute to minute|scale the gateway/],
  [/No data from the API server for/, /has probably stopped|fails on this one|most likely out of date/],
  [/has connected\. The agent is installed|The agent is installed\./, /^Install the agent/m],
  [/because of the agent CA/, /The agent CA can be read/],
];

const CHANGES = /\b(rollout restart|scale|delete|patch|edit|create|apply|annotate|upgrade|uninstall)\b/;
const ON_CONTROL_PLANE = /deployment\/(cluster-gateway|controller-manager)\b/;

describe('advice', () => {
  test('never contradicts itself, whatever comes together', () => {
    const found = ALL.flatMap(({ name, findings }) => {
      const text = shownText(findings);
      return EXCLUSIVE.filter((pair) => pair.every((statement) => statement.test(text))).map(
        (pair) => `${name}: ${pair.map((statement) => statement.exec(text)?.[0]).join(' | ')}`,
      );
    });
    expect(found.slice(0, 20)).toEqual([]);
  });

  test('has no step that harms others before one that does not', () => {
    const harmOf = ({ reach }: Remedy) => Math.max(REACHES.indexOf(reach), REACHES.indexOf('plane'));
    const isSorted = (remedies: readonly Remedy[]) =>
      remedies.every((remedy, at) => at === 0 || harmOf(remedies[at - 1] ?? remedy) <= harmOf(remedy));
    const found = ALL.flatMap(({ name, shown }) => {
      const lists = [...shown.findings.map(({ remedies }) => remedies), shown.lastSteps];
      const isEarly = shown.findings.some(({ remedies }) =>
        remedies.some(({ reach }) => reach === 'all-planes'),
      );
      return lists.every(isSorted) && !isEarly ? [] : [name];
    });
    expect(found).toEqual([]);
  });

  test('offers each step that affects all planes once, and says what it does', () => {
    const found = ALL.filter(({ shown: { lastSteps } }) => {
      const commands = lastSteps.flatMap(({ command }) => command ?? []);
      return (
        new Set(commands).size !== commands.length ||
        lastSteps.some(({ text }) => !/disconnects?\b/.test(text))
      );
    });
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('knows the reach of every step that changes something', () => {
    const found = ALL.flatMap(({ findings }) => findings.flatMap(({ remedies }) => remedies)).filter(
      ({ command = '', text, reach }) => {
        const changes = CHANGES.test(command.replace(/--?[a-z-]+=\S+/g, ''));
        const restartsGateway =
          (changes && ON_CONTROL_PLANE.test(command)) || /restart the gateway/i.test(text);
        return restartsGateway ? reach !== 'all-planes' : changes && reach === 'nothing';
      },
    );
    expect(found).toEqual([]);
  });

  test('to restart the gateway is given only while nothing proves that it works', () => {
    const found = ALL.filter(({ situation, input, findings }) => {
      const isIncident = input.row.health.reasons.some(({ code }) => code === 'control-plane-incident');
      const controlPlane = situation.related?.controlPlane;
      const isProven =
        input.fleet.live > 0 && !isIncident && controlPlane !== gatewayDown && controlPlane !== replicas;
      return (
        isProven &&
        findings.some(({ remedies }) => remedies.some(({ text }) => text.startsWith('If the gateway hangs')))
      );
    });
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('promises no reconnection while the gateway may use a certificate that agents reject', () => {
    const found = ALL.filter(
      ({ input, findings }) =>
        input.gateway?.verified === false &&
        /they reconnect within|Agents reconnect automatically[^,]/.test(shownText(findings)),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('about another gateway CA interrupts no plane while other planes prove that the gateway works', () => {
    const found = ALL.filter(
      ({ input, findings }) =>
        input.gateway?.verified === false &&
        provenWork(input).gateway &&
        findings.some(
          ({ code, remedies }) =>
            code === 'gateway-certificate' && remedies.some(({ reach }) => reach === 'all-planes'),
        ),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test('is never to restart the gateway when a part of the fleet is lost while it seems to work', () => {
    const found = ALL.filter(
      ({ situation, findings }) =>
        situation.incidents?.some(({ code }) => code === 'lost-together') &&
        situation.related?.controlPlane !== gatewayDown &&
        /If the gateway hangs|gateway may hang/.test(shownText(findings)),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  test("is never to restart the agent at once while a registered certificate isn't valid yet", () => {
    const found = ALL.filter(({ input, findings }) => {
      const { certificate } = input.row.plane.facts;
      return (
        certificate.state === 'parsed' &&
        lastBegin(certificate, NOW_MS) !== null &&
        findings.some(({ remedies }) =>
          remedies.some(({ command }) => command?.includes('rollout restart deployment/cluster-agent')),
        )
      );
    });
    expect(found.map(({ name }) => name)).toEqual([]);
    const texts = ALL.flatMap(({ findings }) => findings.flatMap(({ remedies }) => remedies));
    const wait =
      'Wait until 2026-03-12 12:00:00 UTC, when the last of the registered certificates becomes valid. Restart';
    expect(texts.some(({ text }) => text.startsWith(wait))).toBe(true);
  });

  test('changes nothing about a plane that is being deleted, or whose kind has no controller', () => {
    const found = ALL.filter(({ situation, findings }) =>
      findings.some(({ code, remedies }) =>
        situation.facts?.unreconciled && code === 'heartbeat-stale'
          ? remedies.length > 0
          : situation.plane?.deletingSince !== undefined &&
            !code.startsWith('delet') &&
            remedies.some(({ reach }) => reach === 'plane' || reach === 'others'),
      ),
    );
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

test('no finding about a plane with direct access speaks of its agents or the gateway', () => {
  const ofPlane = {
    ...old,
    connection: 'direct',
    reportsAgent: false,
    planeID: null,
    agent: undefined,
  } as const;
  const ready = { type: 'Ready', status: 'True' } as const;
  const found = Object.entries(RELATED).flatMap(([name, related]) =>
    Object.values(DELETIONS).flatMap((deletingSince) =>
      [[], [ready]].flatMap((conditions) => {
        const situation: Situation = {
          plane: { ...aPlane({ ...ofPlane, conditions }), ...(deletingSince ? { deletingSince } : {}) },
          features: direct,
          others: [another('eu')],
          ...(related ? { related } : {}),
        };
        const text = shownText(diagnose(inputOf(situation)));
        const match = /.*(gateway|\bagents\b|\b(its|the) agent\b).*/i.exec(text);
        return match ? [`${name}: ${match[0]}`] : [];
      }),
    ),
  );
  expect(found).toEqual([]);
});

test('replicas without a mesh change a report only if that was seen', () => {
  const textOf = (situation: Situation) =>
    diagnose(inputOf({ related: RELATED['several replicas'], ...situation })).find(
      ({ code }) => code === 'gateway-replicas',
    )?.consequence;
  expect(textOf({})).toContain('The reported connection can change from minute to minute');
  expect(textOf({ plane: aPlane({ agent: frozen }) })).toContain('can change from minute to minute');
  const flapping = { since: ago(10 * MINUTE_MS), lastChangeAt: ago(MINUTE_MS), until: ago(-5 * MINUTE_MS) };
  expect(textOf({ facts: { flapping } })).toContain('The reported connection changes from minute to minute');
});

test('a left-over kind with a failed condition has no step about a controller', () => {
  const plane = aPlane({
    ...old,
    agent: undefined,
    reportsAgent: false,
    conditions: [{ type: 'Ready', status: 'False' }],
  });
  const findings = diagnose(
    inputOf({ plane, facts: { unreconciled: true }, related: RELATED['controller down'] }),
  );
  expect(findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['condition-false', 'kind-unreconciled']),
  );
  expect(shownText(findings)).not.toMatch(/controller's log|controller isn't working/);
});

test("a controller that isn't working is said once of a plane that only conditions report on", () => {
  const situation: Situation = {
    plane: aPlane({
      ...old,
      connection: 'direct',
      reportsAgent: false,
      planeID: null,
      agent: undefined,
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    features: direct,
    facts: { controller: { lease: 'read', provenAt: ago(DAY_MS) } },
  };
  const codes = (related: Situation['related']) =>
    diagnose(inputOf({ ...situation, ...(related ? { related } : {}) })).map(({ code }) => code);
  expect(codes(undefined)).toContain('not-measured');
  expect(codes(RELATED['controller down'])).toContain('controller-down');
  expect(codes(RELATED['controller down'])).not.toContain('not-measured');
});

describe('the advice about an absent credential of direct access', () => {
  const plane = aPlane({ connection: 'direct', reportsAgent: false, planeID: null, conditions: [] });
  const absent = { state: 'absent' } as const;
  const token = {
    slot: 'kubernetesCluster.auth.bearerToken',
    purpose: 'bearer-token',
    fact: absent,
  } as const;
  const ca = { slot: 'kubernetesCluster.tls.ca', purpose: 'server-ca', fact: absent } as const;

  test.each([
    ['bearer token', { kind: 'secret', ...token }],
    ['API server CA', { kind: 'certificate', ...ca }],
  ] as const)('is to set the %s in the spec, because nothing can be replaced', (label, credential) => {
    const findings = diagnose(inputOf({ plane, features: direct, facts: { credentials: [credential] } }));
    const finding = findings.find(({ code }) => code.endsWith('-absent'));
    expect(finding?.remedies).toMatchObject([{ text: `Set the ${label} in the spec.`, action: 'edit-spec' }]);
    expect(finding?.consequence).not.toContain('with this');
  });
});
