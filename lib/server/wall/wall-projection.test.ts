import { describe, expect, test } from 'vitest';
import { wallFrameSchema, wallPlaneSchema } from '@/lib/api/wall';
import { controlPlaneFindings } from '@/lib/plane/health/control-plane-certificates';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { PLANE_KINDS, ROLES } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { joinedSource } from '@/lib/server/fleet/kind-source';
import { z } from '@/lib/zod';
import { seededRandom } from '@/testing/plane/draft-fixture';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import {
  type ObservedPlane,
  wallApiServer,
  wallControlPlane,
  wallPlanes,
  wallSources,
} from './wall-projection';
import { NO_LIMITS, type WallView, wallMatcher, wallViewKey } from './wall-view';

const CANARY = 'canary-7f3a9c';
const NO_FILTER = { roles: [], kinds: [], namespaces: [], labels: [], health: [] };
const EVERYTHING: WallView = { limits: NO_LIMITS, filter: NO_FILTER, group: null };

/** Returns a generator of whole numbers below a bound, the same in every run. */
function numbers(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
}

const pick = <T>(items: readonly T[], next: (below: number) => number): T => items[next(items.length)] as T;

/** A resource with a canary wherever people put data that a wall must not show. */
function randomRow(seed: number): ObservedPlane {
  const next = numbers(seed);
  const maybe = <T>(value: T) => (next(2) === 0 ? {} : value);
  const entry = pick(PLANE_KINDS, next);
  const time = () => ago(next(2) === 0 ? next(900_000_000) : next(200_000));
  const raw = {
    kind: entry.kind,
    metadata: {
      name: `p${seed}`,
      uid: `uid-${seed}`,
      resourceVersion: '1',
      creationTimestamp: time(),
      namespace: pick(['acme', 'shop', 'lab'], next),
      labels: { [`${CANARY}/label`]: CANARY, ...maybe({ region: pick(['eu', 'us'], next) }) },
      annotations: {
        'openchoreo.dev/description': CANARY,
        'kubectl.kubernetes.io/last-applied-configuration': `{"spec":{"password":"${CANARY}"}}`,
        [`${CANARY}.example.com/x`]: CANARY,
        ...maybe({ 'openchoreo.dev/display-name': `Plane ${seed}` }),
        ...maybe({ 'planeboard.openchoreo.dev/maintenance-until': ago(next(7_200_000) - 3_600_000) }),
        ...maybe({ 'planeboard.openchoreo.dev/maintenance-reason': 'New switches' }),
        'planeboard.openchoreo.dev/registered-by': CANARY,
      },
      finalizers: [CANARY],
      managedFields: [{ manager: CANARY, fieldsV1: { 'f:spec': { [CANARY]: {} } }, time: time() }],
      ...maybe({ deletionTimestamp: time() }),
    },
    ...(next(9) === 0
      ? {}
      : {
          spec: {
            planeID: CANARY,
            clusterAgent: { clientCA: { value: CANARY } },
            observabilityPlaneRef: { kind: 'ObservabilityPlane', name: CANARY },
            gateway: { publicVirtualHost: CANARY },
            [CANARY]: { secret: CANARY },
          },
        }),
    ...maybe({
      status: {
        [CANARY]: CANARY,
        ...maybe({
          agentConnection: {
            connected: next(2) === 0,
            connectedAgents: next(3),
            message: CANARY,
            ...maybe({ lastConnectedTime: time() }),
            ...maybe({ lastDisconnectedTime: time() }),
            ...maybe({ lastHeartbeatTime: time() }),
          },
        }),
        conditions: [
          {
            type: 'Created',
            status: pick(['True', 'False', 'Unknown'], next),
            reason: 'R',
            lastTransitionTime: time(),
          },
          // Undocumented conditions are neither judged nor reported.
          { type: CANARY, status: 'False', reason: CANARY, message: CANARY, lastTransitionTime: time() },
        ],
      },
    }),
  };
  const plane = parsePlane(entry, raw, kindFeatures(undefined));
  // `reportsAgent` comes from the schema; both values are tested.
  const { schemaUnknown: _, ...known } = plane;
  const judged = { ...known, reportsAgent: next(2) === 0 };
  const { state, reasons } = deriveHealth(judged, someFacts(), NOW_MS);
  return {
    plane: { ...judged, facts: NO_FACTS, health: { state, reasons } },
    observed: { at: time(), seenToChange: next(2) === 0 },
  };
}

const rows = Array.from({ length: 2000 }, (_, seed) => randomRow(seed));

/** The contract's schema, with every object closed to other keys. */
const strictPlane = z.strictObject({
  ...wallPlaneSchema.shape,
  since: z.strictObject(wallPlaneSchema.shape.since.shape),
  health: z.strictObject({
    state: wallPlaneSchema.shape.health.shape.state,
    reasons: z.array(z.strictObject(wallPlaneSchema.shape.health.shape.reasons.element.shape)),
  }),
  maintenance: z.strictObject(wallPlaneSchema.shape.maintenance.unwrap().shape).optional(),
});

describe('a wall shows', () => {
  const shown = wallPlanes(rows, { ...EVERYTHING, group: 'label:region' }, NOW_MS);

  test('the fields of the contract and no others, for all planes', () => {
    expect(shown).toHaveLength(rows.length);
    for (const plane of shown) expect(() => strictPlane.parse(plane)).not.toThrow();
    expect(new Set(shown.map(({ health }) => health.state)).size).toBeGreaterThan(5);
  });

  test('no content of specs, labels, annotations or statuses', () => {
    // The reason "never connected" contains the planeID on purpose: people find the agent by it.
    const texts = shown.map((plane) => JSON.stringify(plane).replaceAll(`planeID \\"${CANARY}\\"`, ''));
    expect(texts.filter((text) => text.includes(CANARY))).toEqual([]);
  });

  test('no field that is added to planes later', () => {
    const row = rows[0] as ObservedPlane;
    const extended = {
      ...row,
      plane: { ...row.plane, newField: CANARY, health: { ...row.plane.health, more: CANARY } },
    };
    expect(wallPlanes([extended], EVERYTHING, NOW_MS)).toEqual(wallPlanes([row], EVERYTHING, NOW_MS));
  });

  test('a label only if it is grouped by it', () => {
    expect(new Set(shown.map(({ group }) => group))).toEqual(new Set(['eu', 'us', undefined]));
    expect(wallPlanes(rows, { ...EVERYTHING, group: 'role' }, NOW_MS).some((plane) => 'group' in plane)).toBe(
      false,
    );
  });

  test.each(['constructor', '__proto__', 'toString'])('no group for a label %s that no plane has', (key) => {
    const shown = wallPlanes(rows, { ...EVERYTHING, group: `label:${key}` }, NOW_MS);
    expect(shown.filter((plane) => 'group' in plane)).toEqual([]);
    expect(z.array(wallPlaneSchema).safeParse(shown).success).toBe(true);
  });

  test('a maintenance only while it lasts', () => {
    const plane = {
      ...aPlane({ maintenance: { until: ago(-1000), reason: 'New switches' } }),
      facts: NO_FACTS,
    };
    const row = {
      plane: { ...plane, health: { state: 'disconnected' as const, reasons: [] } },
      observed: { at: ago(0), seenToChange: false },
    };
    expect(wallPlanes([row], EVERYTHING, NOW_MS)[0]).toMatchObject({
      maintenance: { reason: 'New switches' },
      health: { state: 'disconnected' },
    });
    expect(wallPlanes([row], EVERYTHING, NOW_MS + 1000)[0]).not.toHaveProperty('maintenance');
  });

  test('no sentence about the API server, which may name accounts', () => {
    const contact = { state: 'lost', lastContactAt: null, problem: CANARY } as const;
    const [source] = wallSources([{ plural: 'dataplanes', ...contact }], EVERYTHING);
    expect(source).toEqual({
      plural: 'dataplanes',
      state: 'lost',
      lastContactAt: null,
      problem: expect.any(String),
    });
    expect(source?.problem).not.toContain(CANARY);
    const { apiServer } = wallFrameSchema.shape;
    expect(wallApiServer(apiServer.parse({ ...contact, state: 'unreachable' }))).not.toHaveProperty(
      'problem',
    );
  });
});

describe('wall limits and filters', () => {
  const choices = {
    kinds: PLANE_KINDS.map(({ kind }) => kind as string).concat('Nothing'),
    roles: [...ROLES, 'nothing'] as string[],
    namespaces: ['acme', 'shop', 'lab', 'nowhere'],
    health: [...HEALTH_STATES, 'nothing'] as string[],
  };
  const some = (items: readonly string[], next: (below: number) => number) =>
    next(3) > 0 ? [] : items.filter(() => next(3) === 0);

  test('show a plane only if both allow it', () => {
    let narrowed = 0;
    for (let seed = 0; seed < 500; seed += 1) {
      const next = numbers(seed * 7919);
      const draw = () => ({
        kinds: some(choices.kinds, next),
        roles: some(choices.roles, next),
        namespaces: some(choices.namespaces, next),
      });
      const limits = draw();
      const view: WallView = {
        limits,
        filter: { ...draw(), labels: [], health: some(choices.health, next) },
        group: null,
      };
      const names = (of: WallView) =>
        new Set(wallPlanes(rows.slice(0, 150), of, NOW_MS).map(({ uid }) => uid));
      const shown = names(view);
      const allowed = names({ ...view, filter: NO_FILTER });
      const wanted = names({ ...view, limits: NO_LIMITS });
      expect(shown).toEqual(new Set([...allowed].filter((uid) => wanted.has(uid))));
      if (shown.size < allowed.size) narrowed += 1;
    }
    expect(narrowed).toBeGreaterThan(100);
  });

  test('show only planes with the wanted labels, whatever every object inherits', () => {
    const shown = (labels: string[], plane = aPlane({ labels: { env: 'prod', team: 'a' } })) =>
      wallMatcher({ ...EVERYTHING, filter: { ...NO_FILTER, labels } })(plane, 'healthy');
    expect(shown(['env=prod'])).toBe(true);
    expect(shown(['env=dev', 'env=prod', 'team'])).toBe(true);
    expect(shown(['env=prod', 'team=b'])).toBe(false);
    expect(shown(['constructor'])).toBe(false);
  });

  test('hide cluster-wide planes from a wall of some namespaces', () => {
    const matches = wallMatcher({ ...EVERYTHING, limits: { ...NO_LIMITS, namespaces: ['acme'] } });
    const { namespace: _, ...clusterWide } = aPlane({
      kind: 'ClusterDataPlane',
      plural: 'clusterdataplanes',
    });
    expect(matches(aPlane(), 'healthy')).toBe(true);
    expect(matches(clusterWide, 'healthy')).toBe(false);
  });

  test("get the control plane's findings without commands and facts", () => {
    const gateway = gatewayFacts({ namespace: 'secret-namespace', verified: false });
    const findings = controlPlaneFindings(gateway, NOW_MS);
    const shown = wallControlPlane({ gateway, findings });
    expect(shown.map(({ code }) => code)).toEqual(['gateway-certificate-unverified']);
    expect(JSON.stringify(shown)).not.toMatch(/kubectl|secret-namespace/);
  });

  test('leave out the sources of other kinds', () => {
    const sources = ['dataplanes', 'clusterdataplanes', 'workflowplanes'].map((plural) => ({
      plural,
      state: 'live' as const,
      lastContactAt: null,
    }));
    const plurals = (view: WallView) => wallSources(sources, view).map(({ plural }) => plural);
    expect(plurals({ ...EVERYTHING, limits: { ...NO_LIMITS, roles: ['data'] } })).toEqual([
      'dataplanes',
      'clusterdataplanes',
    ]);
    expect(plurals({ ...EVERYTHING, filter: { ...NO_FILTER, kinds: ['WorkflowPlane'] } })).toEqual([
      'workflowplanes',
    ]);
  });

  test('leave out namespaces that the wall does not show, and cluster kinds beside chosen namespaces', () => {
    const part = (namespace: string, state: 'live' | 'lost') => ({ namespace, state, lastContactAt: null });
    const sources = [
      joinedSource('dataplanes', [part('acme', 'live'), part('shop', 'lost')]),
      { plural: 'clusterdataplanes', state: 'forbidden' as const, lastContactAt: null },
    ];
    const seen = (namespaces: string[]) =>
      wallSources(sources, { ...EVERYTHING, limits: { ...NO_LIMITS, namespaces } });
    expect(seen(['acme'])).toEqual([
      { plural: 'dataplanes', state: 'live', lastContactAt: null, partial: true },
    ]);
    expect(seen([]).map(({ state }) => state)).toEqual(['lost', 'forbidden']);
  });

  test('make walls share their bytes only if limits, filter and grouping are the same', () => {
    const views: WallView[] = [
      EVERYTHING,
      { ...EVERYTHING, group: 'role' },
      { ...EVERYTHING, limits: { ...NO_LIMITS, kinds: ['DataPlane'] } },
      { ...EVERYTHING, filter: { ...NO_FILTER, kinds: ['DataPlane'] } },
      { ...EVERYTHING, filter: { ...NO_FILTER, namespaces: ['DataPlane'] } },
      { ...EVERYTHING, filter: { ...NO_FILTER, health: ['DataPlane'] } },
    ];
    expect(new Set(views.map(wallViewKey)).size).toBe(views.length);
  });
});
