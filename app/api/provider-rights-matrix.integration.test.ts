import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { oidcFlags } from '@/demo/identity-provider/api-server-flags';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { appRoutes } from '@/testing/rights/app-routes';
import { compareRoutes, leaksIn } from '@/testing/rights/compare-routes';
import type { MatrixPerson } from '@/testing/rights/matrix-person';
import { createMatrixWorld, type PlantedWorld } from '@/testing/rights/matrix-world';
import { PROVIDER_CHECKS } from '@/testing/rights/provider-checks';
import {
  PROVIDER_WAYS,
  providerMember,
  providerPersonOf,
  providerUserOf,
  signInProviderPerson,
} from '@/testing/rights/provider-person';
import { createAccount, type StartedMatrix, startMatrix } from '@/testing/rights/start-matrix';
import { createUser, MATRIX_GROUP, SORTS } from '@/testing/rights/test-people';
import { providerEnv, signInAt } from '@/testing/server/provider-sign-in';
import { TestBrowser } from '@/testing/server/test-browser';
import { captureLog, stopProcessRuntime } from '@/testing/server/test-runtime';

/**
 * Fewer sorts than in the other matrix: an identity provider changes how a person is known, not what RBAC grants. These
 * have rights of every width.
 */
const SOME_SORTS = ['cluster admin', "one namespace's admin", 'reader of one plane', 'nobody'] as const;
const PEOPLE = [...SOME_SORTS.map(providerPersonOf), providerMember()];

let folder: string;
let provider: IdentityProvider;
let bare: BareControlPlane | undefined;
let planted: PlantedWorld;
let kubeconfigPath: string;
/** Every token that the provider has issued, by its name. */
const issued = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planeboard-provider-matrix-'));
  const caFile = join(folder, 'ca.pem');
  provider = await IdentityProvider.start({ people: PEOPLE });
  provider.tamper = (answer) => {
    for (const [name, value] of Object.entries(answer))
      if (name.endsWith('_token')) issued.set(`${name} ${issued.size}`, String(value));
    return answer;
  };
  await writeFile(caFile, provider.caPem);
  for (const [name, value] of Object.entries(providerEnv(provider, caFile))) vi.stubEnv(name, value);
  vi.stubEnv('PLANEBOARD_AUTH', 'oidc,token');
  bare = await ownControlPlane(undefined, oidcFlags(provider.issuer, caFile));
  planted = await createMatrixWorld(bare);
  kubeconfigPath = await createAccount(bare.controlPlane);
  for (const person of PEOPLE)
    if (person.groups.length === 0)
      await createUser(bare.controlPlane, providerUserOf(person), SORTS[person.sort]);
});
afterAll(async () => {
  await bare?.stop();
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

describe.each(PROVIDER_WAYS)('by %s', (way) => {
  let started: StartedMatrix | undefined;
  let log: string[];
  const people = new Map<string, MatrixPerson>();

  beforeAll(async () => {
    if (way !== 'ID token') {
      vi.stubEnv('PLANEBOARD_IMPERSONATE', 'true');
      vi.stubEnv('PLANEBOARD_IMPERSONATE_GROUPS', MATRIX_GROUP);
    }
    clearProcessSlots();
    log = captureLog();
    started = await startMatrix(planted, kubeconfigPath, await appRoutes());
    // The API server reads the provider's keys some time after its start.
    while ((await signInAt(provider, new TestBrowser(), PEOPLE[0]?.id ?? '')) !== '/register')
      await sleep(500);
    const { controlPlane } = planted.bare;
    for (const person of PEOPLE)
      people.set(person.id, await signInProviderPerson(controlPlane, provider, person, way, planted.planes));
  });
  afterAll(async () => {
    for (const { direct } of people.values()) await direct.close();
    await stopProcessRuntime(started?.world.runtime);
  });

  function startedMatrix(): StartedMatrix {
    if (!started) throw new Error("Planeboard hasn't started.");
    return started;
  }

  describe.each(PEOPLE)('for the $name, Planeboard answers as the API server does', ({ id }) =>
    compareRoutes(PROVIDER_CHECKS, () => {
      const person = people.get(id);
      if (!person) throw new Error(`No one has signed in as ${id}.`);
      return { ...startedMatrix(), person };
    }),
  );

  test('no answer has revealed a plane, a secret or a token to anyone, and the log has none either', () => {
    const { matrix } = startedMatrix();
    expect(matrix.calls).toBeGreaterThan(500);
    expect([...matrix.revealed]).toEqual([]);
    const secrets = new Map([...issued, ["the client's secret", CLIENT_SECRET]]);
    for (const [id, { headers }] of people)
      secrets.set(`the session of ${id}`, headers.cookie?.slice(headers.cookie.indexOf('=') + 1) ?? '');
    // A sign-out gives the browser its own ID token, with which it leaves the provider.
    const ofSignOut = /^id_token \d+ in DELETE \/api\/session /;
    expect(leaksIn(startedMatrix(), secrets, log).filter((place) => !ofSignOut.test(place))).toEqual([]);
  });
});
