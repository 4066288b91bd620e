import { expect, test, vi } from 'vitest';
import { ImpersonatedConnection } from './impersonated-connection';
import { KubeError } from './kube-error';

function accountWith({
  serverUrl = 'https://api.example.com',
  headers = { Authorization: 'Bearer account' } as Record<string, string>,
} = {}) {
  const openPool = vi.fn(async () => ({ destroy: async () => {}, close: async () => {} }) as never);
  const account = { serverUrl, headers, poolHash: 'one', openPool, dispatcher: {} as never };
  return { proxy: null, generation: 0, prepare: async () => account, account, openPool };
}

test("sends the account's credential with the person's name and groups", async () => {
  const connection = new ImpersonatedConnection(accountWith(), { user: 'maya', groups: ['a', 'b'] });
  expect((await connection.prepare()).headers).toEqual({
    Authorization: 'Bearer account',
    'Impersonate-User': 'maya',
    'Impersonate-Group': ['a', 'b'],
  });
});

test("follows the account's credential, and opens connections of its own", async () => {
  const { account, openPool, ...shared } = accountWith();
  const connection = new ImpersonatedConnection(shared, { user: 'maya', groups: [] });
  const first = await connection.prepare();
  expect(first.headers).toEqual({ Authorization: 'Bearer account', 'Impersonate-User': 'maya' });
  expect(first.dispatcher).not.toBe(account.dispatcher);
  account.headers = { Authorization: 'Bearer rotated' };
  const second = await connection.prepare();
  expect(second.headers).toMatchObject({ Authorization: 'Bearer rotated' });
  expect(second.dispatcher).toBe(first.dispatcher);
  account.poolHash = 'other';
  expect((await connection.prepare()).dispatcher).not.toBe(first.dispatcher);
  expect(openPool).toHaveBeenCalledTimes(2);
});

test.each([
  ['', []],
  [' ', []],
  ['system:admin', []],
  ['System:admin', []],
  [' system:admin', []],
  ['system:serviceaccount:kube-system:default', []],
  ['maya ', []],
  ['two\nlines', []],
  ['naïve', []],
  ['maya', ['system:masters']],
  ['maya', ['platform', '\tsystem:masters']],
  ['maya', ['']],
])('refuses the user %j with the groups %j', (user, groups) => {
  expect(() => new ImpersonatedConnection(accountWith(), { user, groups })).toThrow(
    expect.objectContaining({ code: 'unauthorized' }),
  );
});

test.each([
  ['without encryption', { serverUrl: 'http://127.0.0.1:8001' }],
  ['if the kubeconfig impersonates', { headers: { Authorization: 'Bearer x', 'Impersonate-User': 'admin' } }],
])('is refused %s', async (_, account) => {
  const connection = new ImpersonatedConnection(accountWith(account), { user: 'maya', groups: [] });
  await expect(connection.prepare()).rejects.toMatchObject({ code: 'credential' });
});

test("says that a 401 rejects Planeboard's credential, not the person", () => {
  const connection = new ImpersonatedConnection(accountWith(), { user: 'maya', groups: [] });
  expect(connection.rejectionOf()).toBeInstanceOf(KubeError);
  expect(connection.rejectionOf()).toMatchObject({ code: 'credential' });
});
