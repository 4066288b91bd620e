import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, type ParsedCa } from '@/lib/plane/health/health-facts';
import { DAY_MS } from '@/lib/plane/time/duration';
import {
  type CertifiedPlane,
  certificateEntries,
  groupedByStep,
  type ListedCertificates,
} from './certificate-entry';
import { searchCertificates } from './certificate-search';
import { upcomingEvents } from './upcoming';
import { validityBar } from './validity-bar';

const NOW_MS = Date.parse('2026-03-10T12:00:00Z');
const at = (days: number) => new Date(NOW_MS + days * DAY_MS).toISOString();

type TestPlane = CertifiedPlane & { readonly name: string; readonly namespace: string };

function plane(name: string, endDays: number, further: Partial<TestPlane & ParsedCa> = {}): TestPlane {
  const { planeID = name, deletingSince, selfSignedLeaf = false, subject = `CN=${name}` } = further;
  const certificate = {
    state: 'parsed',
    notBefore: at(-30),
    notAfter: at(endDays),
    subject,
    selfSignedLeaf,
    count: 1,
  } as const;
  return {
    uid: name,
    name,
    namespace: 'acme',
    planeID,
    ...(deletingSince ? { deletingSince } : {}),
    facts: { certificate },
  };
}

/** What the server lists: each plane's own certificate, or one that has the fingerprint in `shared`. */
function listed(planes: readonly TestPlane[], shared: Readonly<Record<string, string>> = {}) {
  const list: {
    certificates: ListedCertificates['certificates'][number][];
    places: ListedCertificates['places'][number][];
  } = {
    certificates: [],
    places: [],
  };
  for (const { uid, facts } of planes) {
    const { certificate } = facts;
    if (certificate.state !== 'parsed') continue;
    const { subject, notAfter, selfSignedLeaf } = certificate;
    const fingerprint = shared[uid] ?? `F-${uid}`;
    list.certificates.push({ fingerprint, subject, issuer: null, isCa: !selfSignedLeaf, notAfter });
    const secret = { namespace: 'acme', name: `${uid}-ca`, key: 'ca.crt' };
    list.places.push({ uid, slot: 'agent-ca', secret, fingerprints: [fingerprint] });
  }
  return list;
}

function entriesOf(planes: readonly TestPlane[], shared: Readonly<Record<string, string>> = {}) {
  return certificateEntries(planes, listed(planes, shared), 'agent-ca', DEFAULT_LIMITS, NOW_MS);
}

test('the most urgent comes first, and planes that are being deleted need nothing', () => {
  const planes = [
    plane('late', 700),
    plane('gone', -5, { deletingSince: at(-1) }),
    plane('soon', 5),
    plane('sooner', 2),
    plane('expired', -5),
  ];
  const groups = groupedByStep(entriesOf(planes));
  expect(groups.map(({ group, entries }) => [group, entries.map((entry) => entry.plane.name)])).toEqual([
    ['fix', ['expired']],
    ['replace', ['sooner', 'soon']],
    ['none', ['late']],
  ]);
});

test('a CA that planes with several planeIDs use is a company CA; with one planeID it is their own', () => {
  const planes = [
    plane('a', 700, { subject: 'CN=company' }),
    plane('b', 700, { subject: 'CN=company' }),
    plane('c', 700, { subject: 'CN=own', planeID: 'twin' }),
    plane('d', 700, { subject: 'CN=own', planeID: 'twin' }),
    plane('leaf', 700, { selfSignedLeaf: true }),
  ];
  const entries = entriesOf(planes, { a: 'F1', b: 'F1', c: 'F2', d: 'F2' });
  const kinds = entries.map(({ plane: { name }, kind, users }) => [name, kind, users.map((one) => one.name)]);
  expect(kinds).toEqual([
    ['a', 'company-ca', ['a', 'b']],
    ['b', 'company-ca', ['a', 'b']],
    ['c', 'own-ca', ['c', 'd']],
    ['d', 'own-ca', ['c', 'd']],
    ['leaf', 'pinned-leaf', ['leaf']],
  ]);
});

test('what no Secret and no plane holds is not said to be unreadable for Planeboard', () => {
  const unread = { ...plane('unread', 700), facts: { certificate: { state: 'not-checked' } as const } };
  const entryOf = (list: ListedCertificates | null) =>
    certificateEntries([unread], list, 'agent-ca', DEFAULT_LIMITS, NOW_MS)[0];
  const secret = { namespace: 'acme', name: 'ca', key: 'ca.crt' };
  const inSecret = { uid: 'unread', slot: 'agent-ca', secret, fingerprints: [] };
  expect(entryOf({ certificates: [], places: [] })?.step.state).toContain('names no certificate');
  expect(entryOf({ certificates: [], places: [inSecret] })?.step.state).toContain("can't read the Secret");
  // Until the list is known, nothing is said of where a certificate is.
  expect(entryOf(null)?.step.state).toContain("can't read the Secret, or hasn't read it yet");
});

test('a search looks at names, subjects and Secrets', () => {
  const entries = entriesOf([plane('payments', 700), plane('orders', 700)]);
  const found = (search: string) => searchCertificates(entries, search).map((entry) => entry.plane.name);
  expect(found('')).toEqual(['payments', 'orders']);
  expect(found('PAYMENTS-ca acme')).toEqual(['payments']);
  expect(found('payments orders')).toEqual([]);
});

test('what happens next is told once for all planes that share a certificate', () => {
  const planes = [
    plane('a', 60),
    plane('b', 60),
    plane('leaf', 50, { selfSignedLeaf: true }),
    plane('late', 200),
  ];
  const events = upcomingEvents(entriesOf(planes, { a: 'F1', b: 'F1' }), NOW_MS);
  expect(events.map(({ event, atMs, entry }) => [event, (atMs - NOW_MS) / DAY_MS, entry.plane.name])).toEqual(
    [
      ['renewal', 35, 'leaf'],
      ['end', 50, 'leaf'],
      ['end', 60, 'a'],
    ],
  );
});

test('a bar shows the present within the validity, and nothing where nothing was read', () => {
  const { facts } = plane('a', 30);
  expect(validityBar(facts.certificate, NOW_MS)).toMatchObject({
    nowShare: 0.5,
    spans: [{ beginShare: 0, endShare: 1 }],
  });
  expect(validityBar(facts.certificate, NOW_MS + 90 * DAY_MS)?.nowShare).toBe(1);
  expect(validityBar({ state: 'not-checked' }, NOW_MS)).toBeNull();
});
