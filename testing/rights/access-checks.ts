import { collectionOf } from '@/demo/controllers/plane-object';
import { CSRF_HEADER, rightsAnswerSchema, sessionAnswerSchema } from '@/lib/api/session';
import { wallFrameSchema, wallTokenAnswerSchema, wallTokensSchema } from '@/lib/api/wall';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { WALL_CONFIG_MAP } from '@/lib/server/wall/wall-token';
import { keysIn } from './fleet-checks';
import type { MatrixPerson } from './matrix-person';
import { REJECTED_TOKEN } from './matrix-world';
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
export const useSession: RouteCheck = async (ask, { sort, token }, { canaries, csrfValues }) => {
  const url = '/api/session';
  const rejected = canaries.get(REJECTED_TOKEN) ?? '';
  const begun = await ask(url, { method: 'POST', body: { token: token ?? rejected }, proof: {} });
  if (token === null) {
    const asProgram = await ask('/api/planes', {
      method: 'GET',
      proof: { authorization: `Bearer ${rejected}` },
    });
    return [{ call: 'with a rejected token', told: [begun.status, asProgram.status], expected: [401, 401] }];
  }
  const { csrf } = JSON.parse(begun.text) as { csrf: string };
  const cookie = begun.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  canaries.set(`the session of the ${sort}`, cookie.slice(cookie.indexOf('=') + 1));
  csrfValues.set(`the CSRF value of the ${sort}`, csrf);
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
export const createLinks: RouteCheck = async (ask, { direct }) => {
  const rows: MatrixRow[] = [];
  for (const namespaces of [['acme'], ['gamma'], []]) {
    const limits = { kinds: ['DataPlane'], roles: [], namespaces };
    const { status, text } = await ask('/api/wall-tokens', { body: { title: 'Lobby', limits } });
    if (status === 201) {
      const { id } = wallTokenAnswerSchema.parse(JSON.parse(text));
      await ask(`/api/wall-tokens/${id}`, { method: 'DELETE' });
    }
    const refusal = await firstRefusal(
      () => direct.status(collectionOf('DataPlane', namespaces[0])),
      () => direct.status(LINKS),
      () => mayPatchLinks(direct),
    );
    const expected = refusal === 200 ? 201 : refusal;
    rows.push({ call: `/api/wall-tokens for ${namespaces}`, told: status, expected });
  }
  return rows;
};

/** Revokes a link that no screen uses, which exists again afterwards. */
export const revokeLinks: RouteCheck = async (ask, { direct }, { bare, unusedLink }) => {
  const { client } = bare.controlPlane;
  const before = await client.get<{ data: Record<string, string> }>(LINKS);
  const refusal = await firstRefusal(
    () => direct.status(LINKS),
    () => mayPatchLinks(direct),
  );
  const rows: MatrixRow[] = [];
  for (const [link, success] of [
    [unusedLink, 204],
    ['absent', 404],
  ] as const) {
    const { status } = await ask(`/api/wall-tokens/${link}`);
    const expected = refusal === 200 ? success : refusal;
    rows.push({ call: `/api/wall-tokens/${link}`, told: status, expected });
  }
  await client.patch(LINKS, { data: before.data });
  return rows;
};

/** Without a link, a wall is refused. With one, everyone sees the planes of the link. */
export const openWall =
  (url: string): RouteCheck =>
  async (ask, { headers }, { planes, screenCookie }) => {
    const refused = (await ask(url)).status;
    const { status, text } = await ask(url, { proof: { ...headers, cookie: screenCookie } });
    const shown = text === '' ? [] : keysIn(wallFrameSchema.parse(JSON.parse(text)).planes);
    const ofLink = planes.filter(({ namespace }) => namespace === 'acme').map(({ key }) => key);
    return [
      {
        call: url,
        told: [refused, status, shown],
        expected: [401, 200, text === '' ? [] : ofLink.toSorted()],
      },
    ];
  };
