import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { caRoleYaml } from './ca-role';

const read = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as unknown);
const SECRETS = [
  { namespace: 'beta', name: 'ca' },
  { namespace: 'acme', name: 'second-ca' },
  { namespace: 'acme', name: 'first-ca' },
  { namespace: 'acme', name: 'first-ca' },
];

test('grants get on exactly the Secrets, one Role for each namespace', () => {
  const objects = read(caRoleYaml(SECRETS, 'system:serviceaccount:planeboard:planeboard'));
  expect(objects).toMatchObject([
    {
      kind: 'Role',
      metadata: { namespace: 'acme' },
      rules: [
        { apiGroups: [''], resources: ['secrets'], resourceNames: ['first-ca', 'second-ca'], verbs: ['get'] },
      ],
    },
    {
      kind: 'RoleBinding',
      metadata: { namespace: 'acme' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'planeboard', name: 'planeboard' }],
    },
    { kind: 'Role', metadata: { namespace: 'beta' }, rules: [{ resourceNames: ['ca'] }] },
    { kind: 'RoleBinding', metadata: { namespace: 'beta' } },
  ]);
});

test('names a user that is no service account as one', () => {
  const [, binding] = read(caRoleYaml(SECRETS, 'planeboard: "x"'));
  expect(binding).toMatchObject({
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'planeboard: "x"' }],
  });
});

test('leaves out what no Secret can be named', () => {
  const wrong = [
    { namespace: 'acme', name: '..' },
    { namespace: 'a\nkind: ClusterRole', name: 'ca' },
    { namespace: 'acme', name: '*' },
  ];
  expect(caRoleYaml(wrong, 'x')).toBe('');
});
