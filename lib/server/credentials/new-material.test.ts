import { describe, expect, test } from 'vitest';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { asProblemError } from '@/lib/server/http/problem';
import { certificateCorpus, corpusText } from '@/testing/certificates/corpus';
import { fingerprintsIn } from './bundle-edit';
import { checkableMaterial, contentNotes, newMaterial } from './new-material';

const SLOT: CredentialSlot = {
  id: 'clusterAgent.clientCA',
  path: ['clusterAgent', 'clientCA'],
  purpose: 'agent-ca',
  form: 'value-from',
  refField: 'secretKeyRef',
};
const OLD = corpusText('an Ed25519 key');
const FRESH = corpusText('a P-384 key');
const BAD = corpusText('a negative serial number');
const KEY = corpusText('a private key beside').split(/(?=-----BEGIN CERTIFICATE)/)[0] ?? '';
const NOTES = '# company CA, ask Ana\r\n\n';

const change = (part: Partial<CredentialReplacement>): CredentialReplacement => ({
  slot: SLOT.id,
  action: 'add',
  ...part,
});
/** The text that is written, and what the review says about it. */
function written(given: CredentialReplacement, current: string, slot = SLOT) {
  const text = newMaterial(slot, given, current);
  return { text, checked: checkableMaterial(slot, text), notes: contentNotes(slot, given, current) };
}
const add = (current: string, part: Partial<CredentialReplacement> = {}) =>
  written(change({ text: FRESH, ...part }), current);
const keep = (current: string, kept: string, part: Partial<CredentialReplacement> = {}) =>
  written(change({ action: 'keep-only', fingerprints: fingerprintsIn(kept), ...part }), current);

function problemOf(act: () => unknown): { path: unknown; message: unknown } {
  try {
    act();
  } catch (error) {
    const [first] = (asProblemError(error).extensions?.errors ?? []) as {
      path: unknown;
      message: unknown;
    }[];
    return { path: first?.path, message: first?.message };
  }
  throw new Error('It was accepted.');
}

/** Go stops at its header lines, so nothing behind them is read. */
const STOPS_READING = corpusText('a header line beyond END');

describe('adding to a CA', () => {
  test('keeps comments, keys and other blocks exactly as they are, and says so', () => {
    const current = `${NOTES}${OLD}${KEY}${corpusText('a certificate request')}`;
    const { text, checked, notes } = add(current);
    expect(text).toBe(current + FRESH);
    expect(notes).toEqual([
      'Also stored there, and kept unchanged: a private key, a block CERTIFICATE REQUEST and a line of other text.',
    ]);
    expect(checked).toBe(OLD + FRESH);
  });

  test('adds a missing final line break, without which neither certificate could be read', () => {
    expect(add(OLD.trim()).text).toBe(OLD + FRESH);
  });

  test('adds nothing that is stored already', () => {
    const current = `${NOTES}${FRESH}`;
    expect(add(current).text).toBe(current);
    expect(add(OLD, { text: FRESH + FRESH }).text).toBe(OLD + FRESH);
  });

  test.each([
    [BAD, "Line 1: Certificate 1 of 2 can't be read: its serial number is negative. Keep or remove it?"],
    [corpusText('PKCS7'), "Line 1: Certificate 1 of 3 can't be read: it's PKCS#7"],
  ])('is rejected until the request says what happens to an unreadable block', (unreadable, message) => {
    const current = unreadable + OLD;
    const problem = problemOf(() => add(current));
    expect(problem.path).toEqual(['unreadable']);
    expect(problem.message).toContain(message);
    const kept = add(current, { unreadable: 'keep' });
    expect(kept.text).toBe(current + FRESH);
    expect(kept.notes).toEqual(['This keeps an unreadable certificate, which the gateway skips.']);
  });

  test('removes an unreadable block, and nothing else, on request', () => {
    const { text, notes } = add(NOTES + BAD + KEY + OLD, { unreadable: 'drop' });
    expect(text).toBe(NOTES + KEY + OLD + FRESH);
    expect(notes).toContain('This removes an unreadable certificate.');
  });

  test('is rejected for a text that is base64 of PEM, until the request says what happens to it', () => {
    const current = corpusText('base64 of PEM');
    expect(problemOf(() => add(current)).message).toContain(
      "base64 of PEM, which the gateway doesn't decode",
    );
    expect(add(current, { unreadable: 'drop' }).text).toBe(FRESH);
  });

  test('is rejected for text that is not UTF-8, which could not be kept', () => {
    expect(problemOf(() => add(`# f\ufffdr\n${OLD}`)).path).toEqual(['action']);
  });

  test('is rejected where nothing behind an unreadable block could be read', () => {
    expect(problemOf(() => add(STOPS_READING, { unreadable: 'keep' })).path).toEqual(['action']);
  });

  test('copies no private key to a new place', () => {
    const into = { source: 'inline', text: '', namespace: '', name: '', key: '' } as const;
    const { text, notes } = add(NOTES + KEY + OLD, { into });
    expect(text).toBe(OLD + FRESH);
    expect(notes).toEqual(['Not copied to the new place: a private key and a line of other text.']);
  });

  test.each(certificateCorpus().filter(({ text }) => text !== STOPS_READING))(
    'loses nothing that is stored: $name',
    ({ text: current }) => {
      const { text } = add(current, { unreadable: 'keep' });
      expect(text.startsWith(current)).toBe(true);
      expect(fingerprintsIn(text)).toEqual([
        ...new Set([...fingerprintsIn(current), ...fingerprintsIn(FRESH)]),
      ]);
      const dropped = add(current, { unreadable: 'drop' });
      expect(fingerprintsIn(dropped.text)).toEqual(fingerprintsIn(text));
    },
  );
});

describe('removing from a CA', () => {
  test('removes only the other certificates, each as often as it is stored', () => {
    const { text } = keep(NOTES + OLD + KEY + FRESH + OLD, FRESH);
    expect(text).toBe(NOTES + KEY + FRESH);
  });

  test('is rejected until the request says what happens to an unreadable block', () => {
    const current = OLD + BAD + FRESH;
    expect(problemOf(() => keep(current, FRESH)).path).toEqual(['unreadable']);
    expect(keep(current, FRESH, { unreadable: 'keep' }).text).toBe(BAD + FRESH);
    expect(keep(current, FRESH, { unreadable: 'drop' }).text).toBe(FRESH);
  });

  test('keeps the encoding of a field of the oldest release', () => {
    const slot = { ...SLOT, purpose: 'server-ca', form: 'base64', refField: null } as const;
    const encoded = Buffer.from(`${NOTES}${OLD}${FRESH}`).toString('base64');
    const keepOnly = change({ action: 'keep-only', fingerprints: fingerprintsIn(FRESH) });
    const text = newMaterial(slot, keepOnly, encoded);
    expect(Buffer.from(text, 'base64').toString()).toBe(NOTES + FRESH);
  });
});

describe('replacing a CA', () => {
  const replace = (text: string, current: string) => written(change({ action: 'replace', text }), current);

  test('names what else goes', () => {
    expect(replace(FRESH, NOTES + KEY + OLD + BAD)).toEqual({
      text: FRESH,
      checked: FRESH,
      notes: [
        'This also removes what else is stored there: a private key, a line of other text and an unreadable certificate.',
      ],
    });
    expect(replace(FRESH, OLD).notes).toEqual([]);
  });

  test('writes corrected certificates, each once', () => {
    expect(replace(`\ufeff${FRESH.trim()}${OLD}${FRESH}`, '').text).toBe(FRESH + OLD);
  });

  test('is rejected with an unreadable certificate beside a readable one', () => {
    expect(problemOf(() => replace(FRESH + BAD, ''))).toEqual({
      path: ['text'],
      message: "Certificate 2 of 2 can't be read: its serial number is negative.",
    });
  });
});
