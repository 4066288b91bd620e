import { collectionOf } from '@/demo/controllers/plane-object';
import { clusterGatewaySchema } from '@/lib/api/agent-setup';
import { leftoversSchema } from '@/lib/api/leftovers';
import {
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { kindOfName, kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { planeResource } from '@/testing/control-plane/test-planes';
import { agentDraft } from '@/testing/server/agent-draft';
import { LEFTOVERS, MATRIX_NAMESPACES, TYPED } from './matrix-world';
import { firstRefusal, rowsOf } from './plane-checks';
import type { MatrixRow, RouteCheck } from './route-matrix';

const SECRETS = (namespace: string) => `/api/v1/namespaces/${namespace}/secrets`;

/** A registration begins with the dry run, so this is also what a registration is answered with. */
export const registerPlanes: RouteCheck = (ask, { direct }, { runtime, caPem, canaries }) =>
  rowsOf(
    [
      { kind: 'DataPlane', namespace: 'acme' },
      { kind: 'DataPlane', namespace: 'gamma' },
      { kind: 'ClusterDataPlane' },
    ] as const,
    async ({ kind, ...place }) => {
      const plural = kindOfName(kind)?.plural ?? 'dataplanes';
      const name = 'registered';
      const credential = { source: 'inline', text: caPem } as const;
      const body = agentDraft(runtime, { plural, ...place, name, caPem, credential });
      const { status } = await ask('/api/registrations?dryRun=true', { body });
      // A mistyped credential must not come back with the error.
      const typed = { source: 'inline', text: canaries.get(TYPED) ?? '' } as const;
      const mistyped = agentDraft(runtime, { plural, ...place, name, caPem, credential: typed });
      await ask('/api/registrations?dryRun=true', { body: mistyped });
      const plane = planeResource({ kind, ...place, name, planeID: name }, caPem);
      const namespace = 'namespace' in place ? place.namespace : undefined;
      const expected = await firstRefusal(() => direct.dryRun('POST', collectionOf(kind, namespace), plane));
      return { call: `/api/registrations ${kind} ${namespace}`, told: status, expected };
    },
  );

export const listCreatableKinds: RouteCheck = async (ask, { direct }) => {
  const { kinds } = registrationKindsSchema.parse(JSON.parse((await ask('/api/registrations/kinds')).text));
  const listed = await direct.ask('GET', '/api/v1/namespaces');
  const namespaces = (listed.body as { items?: { metadata: { name: string } }[] }).items ?? [];
  return rowsOf(kinds, async ({ plural, create }): Promise<MatrixRow> => {
    const attributes = { verb: 'create', group: PLANE_GROUP, resource: plural };
    const places = [
      attributes,
      ...(kindOfPlural(plural)?.scope === 'Namespaced'
        ? namespaces.map(({ metadata }) => ({ ...attributes, namespace: metadata.name }))
        : []),
    ];
    const may = await Promise.all(places.map((place) => direct.may(place)));
    // Without the namespaces, there is no place to ask about.
    const isUnknown = kindOfPlural(plural)?.scope === 'Namespaced' && listed.status !== 200;
    const denied = isUnknown ? 'unknown' : 'denied';
    const expected = may.includes(true) ? 'allowed' : denied;
    return { call: `/api/registrations/kinds ${plural}`, told: create.state, expected };
  });
};

export const listCreatableNamespaces: RouteCheck = async (ask, { direct }) => {
  const { text } = await ask('/api/registrations/namespaces?plural=dataplanes');
  const { namespaces } = registrationNamespacesSchema.parse(JSON.parse(text));
  const rows = await rowsOf(namespaces, async ({ name, createPlane, createSecret }): Promise<MatrixRow> => {
    const place = { verb: 'create', namespace: name };
    const may = await Promise.all([
      direct.may({ ...place, group: PLANE_GROUP, resource: 'dataplanes' }),
      direct.may({ ...place, group: '', resource: 'secrets' }),
    ]);
    return {
      call: `/api/registrations/namespaces ${name}`,
      told: [createPlane.state, createSecret.state],
      expected: may.map((isAllowed) => (isAllowed ? 'allowed' : 'denied')),
    };
  });
  const listed = await direct.objects('/api/v1/namespaces');
  const names = namespaces.map(({ name }) => name).toSorted();
  const expected = listed.map(({ metadata }) => metadata.name).toSorted();
  return [...rows, { call: '/api/registrations/namespaces', told: names, expected }];
};

export const listSecrets: RouteCheck = (ask, { direct }) =>
  rowsOf([...MATRIX_NAMESPACES, 'absent'], async (namespace) => {
    const url = `/api/registrations/secrets?namespace=${namespace}`;
    const all = registrationSecretsSchema.parse(JSON.parse((await ask(url)).text));
    const named = await Promise.all(
      ['agent-ca', 'hidden-ca', 'absent'].map(async (name) => {
        const { text } = await ask(`${url}&name=${name}`);
        const { state, secrets } = registrationSecretsSchema.parse(JSON.parse(text));
        const status = await direct.status(`${SECRETS(namespace)}/${name}`);
        return { told: [state, secrets.length], expected: [stateOf(status), status === 200 ? 1 : 0] };
      }),
    );
    const { status } = await direct.ask('GET', SECRETS(namespace));
    const names = (await direct.objects(SECRETS(namespace))).map(({ metadata }) => metadata.name);
    return {
      call: url,
      told: [all.state, all.secrets.map(({ name }) => name).toSorted(), ...named.map(({ told }) => told)],
      expected: [stateOf(status), names.toSorted(), ...named.map(({ expected }) => expected)],
    };
  });

const stateOf = (status: number) => (status === 403 ? 'not-visible' : 'listed');

/** The CA is public, and known to who may read its Secret. */
export const readGateway: RouteCheck = async (ask, { direct }) => {
  const { ca } = clusterGatewaySchema.parse(JSON.parse((await ask('/api/registrations/gateway')).text));
  const status = await direct.status(`${SECRETS(CONTROL_PLANE_NAMESPACE)}/cluster-gateway-ca`);
  return [{ call: '/api/registrations/gateway', told: ca !== null, expected: status === 200 }];
};

/** A leftover is shown if the Secret can be listed and the API server says that its plane doesn't exist. */
export const listLeftovers: RouteCheck = async (ask, { direct }) => {
  const { secrets } = leftoversSchema.parse(JSON.parse((await ask('/api/leftovers')).text));
  const expected = await Promise.all(
    LEFTOVERS.map(async ({ namespace, plane }) => {
      const name = plane.split('/').at(-1) ?? '';
      const listed = await direct.objects(SECRETS(namespace));
      const isMissing = (await direct.status(`${collectionOf('DataPlane', namespace)}/${name}`)) === 404;
      return listed.length > 0 && isMissing ? [namespace] : [];
    }),
  );
  const told = secrets.map(({ namespace }) => namespace).toSorted();
  return [{ call: '/api/leftovers', told, expected: expected.flat() }];
};

/** Names another Secret than the one that exists, so nothing is deleted. */
export const deleteLeftovers: RouteCheck = (ask, { direct }) =>
  rowsOf([...LEFTOVERS, { namespace: 'gamma', name: 'absent' }], async ({ namespace, name }) => {
    const { status } = await ask('/api/leftovers', { body: { namespace, name, uid: 'another' } });
    const got = await direct.status(`${SECRETS(namespace)}/${name}`);
    return { call: `/api/leftovers ${namespace}/${name}`, told: status, expected: got === 200 ? 404 : got };
  });
