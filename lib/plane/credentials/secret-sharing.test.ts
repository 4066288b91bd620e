import { expect, test } from 'vitest';
import { otherContents, type SecretSharing, sharingTexts } from './secret-sharing';

const ALONE: SecretSharing = {
  namespace: 'acme',
  name: 'shared-ca',
  key: 'ca.crt',
  users: [],
  ownUses: [],
  mayHaveMoreUsers: false,
};
const PLANE = { kind: 'DataPlane', namespace: 'acme', name: 'eu' };

test.each<[string, Partial<SecretSharing>, string[]]>([
  ['nobody else', {}, []],
  [
    'another plane with the same key',
    { users: [{ ...PLANE, sameKey: ['agent CA'] }] },
    [
      'Secret acme/shared-ca is also used by the data plane eu in the namespace acme (agent CA). The change affects that plane too.',
    ],
  ],
  [
    'planes whose use is unknown',
    {
      users: [
        { ...PLANE, sameKey: null },
        { kind: 'ClusterDataPlane', name: 'us', sameKey: null },
      ],
    },
    [
      'Secret acme/shared-ca is also used by the data plane eu in the namespace acme and the cluster data plane us. The change affects those planes too.',
    ],
  ],
  [
    'another plane with other keys',
    { users: [{ ...PLANE, sameKey: [] }] },
    [
      "Other keys of Secret acme/shared-ca are used by the data plane eu in the namespace acme. They don't change.",
    ],
  ],
  [
    'another credential of the same plane',
    { ownUses: ['API server CA'] },
    ["This plane's API server CA uses key ca.crt of Secret acme/shared-ca too, and changes with it."],
  ],
  [
    'planes that the caller may not see',
    { mayHaveMoreUsers: true },
    ["Planes that you can't see may use Secret acme/shared-ca too."],
  ],
])('names %s', (_, part, expected) => {
  expect(sharingTexts({ ...ALONE, ...part })).toEqual(expected);
});

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

test.each([
  ['', []],
  [CERTIFICATE, []],
  [`${CERTIFICATE}${CERTIFICATE}`, []],
  [`# the agent\n${CERTIFICATE}`, ['text outside the certificates']],
  [`${CERTIFICATE}-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----\n`, ['a private key']],
  [
    `-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----\n${CERTIFICATE}`,
    ['a PEM block CERTIFICATE REQUEST'],
  ],
  [`${CERTIFICATE}-----BEGIN CERTIFICATE-----\nMIIB`, ['an incomplete PEM block']],
])('names what a text holds besides certificates: %j', (text, expected) => {
  expect(otherContents(text)).toEqual(expected);
});
