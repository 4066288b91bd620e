import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { corpusText } from '@/testing/certificates/corpus';
import { PlaneWrites } from '@/testing/server/plane-writes';
import { fingerprintsIn } from './bundle-edit';

const SLOT = { slot: 'clusterAgent.clientCA' } as const;
const BAD = corpusText('a negative serial number');

let api: PlaneWrites;
let old: KeyPairPem;
let renewed: KeyPairPem;
let names = 0;

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
});
afterAll(() => api?.stop());

/** Creates a plane whose CA is a text in a Secret. @returns the plane's path and the Secret's name */
async function planeWith(caText: string): Promise<{ plane: string; secret: string }> {
  names += 1;
  const name = `mixed-${names}`;
  const plane = `dataplanes/default/${name}`;
  const secret = `${name}-ca`;
  await api.create(plane, {
    planeID: name,
    clusterAgent: { clientCA: { secretKeyRef: { name: secret, key: 'ca.crt' } } },
  });
  await api.secret(secret, { 'ca.crt': caText });
  return { plane, secret };
}

describe('a Secret with more than readable certificates', () => {
  test('keeps every character of a comment and a private key, and the answer repeats none of it', async () => {
    const text = `# ask Ana\r\n${old.keyPem}\n${old.certPem}\n`;
    const { plane, secret } = await planeWith(text);
    const body = { ...SLOT, action: 'add', text: renewed.certPem };
    const checked = await api.done('POST', `${plane}/credentials`, { ...body, dryRun: true });
    expect(checked.warnings).toContain(
      'Also stored there, and kept unchanged: a private key and a line of other text.',
    );
    const added = await api.done('POST', `${plane}/credentials`, body);
    const stored = (await api.secretData(secret))?.['ca.crt'] ?? '';
    expect(stored.startsWith(text)).toBe(true);
    expect(fingerprintsIn(stored)).toEqual(added.fingerprints);
    expect(JSON.stringify([checked, added])).not.toContain(old.keyPem.split('\n')[1]);
    expect(JSON.stringify([checked, added])).not.toContain('Ana');
  });

  test("isn't changed before the request says what happens to an unreadable certificate", async () => {
    const text = `${BAD}${old.certPem}\n`;
    const { plane, secret } = await planeWith(text);
    const body = { ...SLOT, action: 'add', text: renewed.certPem };
    const problem = await api.refused('POST', `${plane}/credentials`, body);
    expect(problem.errors).toEqual([
      {
        path: ['unreadable'],
        message:
          "Line 1: Certificate 1 of 2 can't be read: its serial number is negative. Keep or remove it?",
      },
    ]);
    expect(await api.secretData(secret)).toEqual({ 'ca.crt': text });

    await api.done('POST', `${plane}/credentials`, { ...body, unreadable: 'keep' });
    expect((await api.secretData(secret))?.['ca.crt']?.startsWith(text)).toBe(true);
    const keepOnly = { ...SLOT, action: 'keep-only', fingerprints: fingerprintsIn(renewed.certPem) };
    expect(await api.refused('POST', `${plane}/credentials`, keepOnly)).toMatchObject({
      errors: [{ path: ['unreadable'] }],
    });
    await api.done('POST', `${plane}/credentials`, { ...keepOnly, unreadable: 'drop' });
    const left = (await api.secretData(secret))?.['ca.crt'] ?? '';
    expect(left.match(/BEGIN/g)).toHaveLength(1);
    expect(fingerprintsIn(left)).toEqual(fingerprintsIn(renewed.certPem));
  });

  test.each([
    ['an unknown decision', { action: 'add', unreadable: 'guess' }],
    ['a decision for a replacement', { action: 'replace', unreadable: 'drop' }],
  ])('is left alone after a request with %s', async (_, part) => {
    const { plane, secret } = await planeWith(old.certPem);
    const problem = await api.refused('POST', `${plane}/credentials`, {
      ...SLOT,
      text: renewed.certPem,
      ...part,
    });
    expect(problem.errors?.[0]).toMatchObject({ path: ['unreadable'] });
    expect(await api.secretData(secret)).toEqual({ 'ca.crt': old.certPem });
  });

  test('is replaced as a whole only after a review that names what goes', async () => {
    const { plane } = await planeWith(`# ask Ana\n${BAD}${old.keyPem}\n`);
    const checked = await api.done('POST', `${plane}/credentials`, {
      ...SLOT,
      action: 'replace',
      text: renewed.certPem,
      dryRun: true,
    });
    expect(checked.warnings).toContain(
      'This also removes what else is stored there: a private key, a line of other text and an unreadable certificate.',
    );
  });
});
