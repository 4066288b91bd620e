import { collectionOf } from '@/demo/controllers/plane-object';
import { CSRF_HEADER, rightsAnswerSchema, sessionAnswerSchema } from '@/lib/api/session';
import { wallTokenAnswerSchema, wallTokensSchema } from '@/lib/api/wall';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { WALL_CONFIG_MAP } from '@/lib/server/wall/wall-token';
import type { MatrixPerson } from './matrix-person';
import { firstRefusal, rowsOf } from './plane-checks';
import type { MatrixRow, RouteCheck } from './route-matrix';

const LINKS = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/configmaps/${WALL_CONFIG_MAP}`;

/** Answers everyone alike, whoever asks. */
export const alike =
  (url: string, status: number, body?: unknown): RouteCheck =>
  async (ask) => [{ call: url, told: (await ask(url, { body })).status, expected: status }];

export const readSession: RouteCheck = async (ask, { direct }) => {
  const { user, groups } = sessionAnswerSchema.parse(JSON.parse((await ask('/api/session')).text));
  const review = await direct.review('authentication.k8s.io/v1', 'SelfSubjectReview', {});
  const { userInfo } = review as { userInfo: { username: string; groups: string[] } };
  return [{ call: '/api/session', told: [user, groups], expected: [userInfo.username, userInfo.groups] }];
};

interface Rules {
  readonly resourceRules: readonly Readonly<Record<string, readonly string[]>>[];
}

export const readRights: RouteCheck = (ask, { direct }) =>
  rowsOf(['acme', 'gamma', 'absent'], async (namespace) => {
    const url = `/api/session/rights?namespace=${namespace}`;
    const { rules } = rightsAnswerSchema.parse(JSON.parse((await ask(url)).text));
    const review = await direct.review('authorization.k8s.io/v1', 'SelfSubjectRulesReview', { namespace });
    const expected = (review as Rules).resourceRules.map(
      ({ verbs = [], apiGroups = [], resources = [], resourceNames = [] }) =>
        JSON.stringify([verbs, apiGroups, resources, resourceNames]),
    );
    const told = rules.map(({ verbs, groups, resources, names }) =>
      JSON.stringify([verbs, groups, resources, names]),
    );
    return { call: url, told: told.toSorted(), expected: [...new Set(expected)].toSorted() };
  });

/** Signs in, renews the session and leaves it, each as the person's own page does. */
export const useSession: RouteCheck = async (ask, { token }) => {
  const url = '/api/session';
  const begun = await ask(url, { method: 'POST', body: { token: token ?? 'not-a-token' }, proof: {} });
  if (token === null) return [{ call: `POST ${url}`, told: begun.status, expected: 401 }];
  const { csrf } = JSON.parse(begun.text) as { csrf: string };
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const proof = { cookie, [CSRF_HEADER]: csrf };
  const statuses = [begun.status];
  for (const [method, path] of [
    ['GET', url],
    ['POST', `${url}/refresh`],
    ['DELETE', url],
  ] as const)
    statuses.push((await ask(path, { method, proof })).status);
  return [{ call: 'a session from sign-in to sign-out', told: statuses, expected: [200, 200, 200, 200] }];
};

export const listLinks: RouteCheck = async (ask, { direct }) => {
  const { state, tokens, mayChange } = wallTokensSchema.parse(
    JSON.parse((await ask('/api/wall-tokens')).text),
  );
  const status = await direct.status(LINKS);
  return [
    {
      call: '/api/wall-tokens',
      told: [state, tokens.length > 0, mayChange],
      expected: [
        status === 403 ? 'not-visible' : 'listed',
        status === 200,
        status === 200 && (await mayPatchLinks(direct)) === 200,
      ],
    },
  ];
};

const mayPatchLinks = (direct: MatrixPerson['direct']) => direct.dryRun('PATCH', LINKS, { metadata: {} });

/** A link shows planes to everyone in front of it, so its maker must be able to list them. */
export const createLinks: RouteCheck = (ask, { direct }) =>
  rowsOf(['acme', 'gamma', undefined], async (namespace): Promise<MatrixRow> => {
    const namespaces = namespace === undefined ? [] : [namespace];
    const limits = { kinds: ['DataPlane'], roles: [], namespaces };
    const { status, text } = await ask('/api/wall-tokens', { body: { title: 'Lobby', limits } });
    if (status === 201) {
      const { id } = wallTokenAnswerSchema.parse(JSON.parse(text));
      await ask(`/api/wall-tokens/${id}`, { method: 'DELETE' });
    }
    const refusal = await firstRefusal(
      () => direct.status(collectionOf('DataPlane', namespace)),
      () => direct.status(LINKS),
      () => mayPatchLinks(direct),
    );
    const expected = refusal === 200 ? 201 : refusal;
    return { call: `/api/wall-tokens ${namespace}`, told: status, expected };
  });

/** Revokes the link with which the world began, which is there again afterwards. */
export const revokeLinks: RouteCheck = async (ask, { direct }, { bare }) => {
  const { client } = bare.controlPlane;
  const before = await client.get<{ data: Record<string, string> }>(LINKS);
  const [id = ''] = Object.keys(before.data);
  const refusal = await firstRefusal(
    () => direct.status(LINKS),
    () => mayPatchLinks(direct),
  );
  const rows: MatrixRow[] = [];
  for (const [link, success] of [
    [id, 204],
    ['absent', 404],
  ] as const) {
    const { status } = await ask(`/api/wall-tokens/${link}`);
    const expected = refusal === 200 ? success : refusal;
    rows.push({ call: `/api/wall-tokens/${link}`, told: status, expected });
  }
  await client.patch(LINKS, { data: before.data });
  return rows;
};
