import { describe, expect, test } from 'vitest';
import { DAY_MS } from '@/lib/plane/time/duration';
import { type NewLink, readStoredText, storedText } from './stored-link';

const OLD = new Uint8Array(32).fill(1);
const NEW = new Uint8Array(32).fill(2);
const LINK: NewLink = {
  sha256: 'a'.repeat(64),
  title: 'Hall',
  limits: { kinds: [], roles: ['data'], namespaces: ['acme'] },
  createdAt: '2026-03-10T12:00:00.000Z',
  createdBy: 'jane',
  endsAt: '2026-09-06T12:00:00.000Z',
};

const linksWith = (...keys: Uint8Array[]) => ({ keys, lifeMs: 180 * DAY_MS });
const read = (text: string, ...keys: Uint8Array[]) => readStoredText('wall-1', text, linksWith(...keys));
const isAuthentic = async (text: string, ...keys: Uint8Array[]) => (await read(text, ...keys))?.isAuthentic;

/** Replaces the signed content and keeps the signature. */
function widened(text: string, change: object): string {
  const [header, payload = '', signature] = text.split('.');
  const content: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const edited = Buffer.from(JSON.stringify({ ...content, ...change })).toString('base64url');
  return [header, edited, signature].join('.');
}

describe('with a key', () => {
  test('reads a link as it was stored', async () => {
    const text = await storedText('wall-1', LINK, linksWith(NEW));
    expect(await read(text, NEW)).toEqual({ ...LINK, isAuthentic: true });
  });

  test('accepts the earlier key while keys are rotated, and no longer', async () => {
    const text = await storedText('wall-1', LINK, linksWith(OLD));
    expect(await isAuthentic(text, NEW, OLD)).toBe(true);
    expect(await isAuthentic(text, NEW)).toBe(false);
  });

  test.each([
    ['limits', { limits: { kinds: [], roles: [], namespaces: [] } }],
    ['end', { endsAt: '2099-01-01T00:00:00.000Z' }],
    ['token', { sha256: 'b'.repeat(64) }],
    ['id', { id: 'wall-2' }],
  ])('shows a link whose %s was changed by hand, but never as authentic', async (_, change) => {
    const text = widened(await storedText('wall-1', LINK, linksWith(NEW)), change);
    expect(await isAuthentic(text, NEW)).toBe(false);
  });

  test('takes no link under the id of another', async () => {
    const text = await storedText('wall-2', LINK, linksWith(NEW));
    expect(await isAuthentic(text, NEW)).toBe(false);
  });

  test('takes no link without a signature, as earlier versions stored it', async () => {
    expect(await isAuthentic(JSON.stringify(LINK), NEW)).toBe(false);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const [, payload] = (await storedText('wall-1', LINK, linksWith(NEW))).split('.');
    expect(await isAuthentic(`${none}.${payload}.`, NEW)).toBeUndefined();
    expect(await isAuthentic(`${none}.${payload}.AA`, NEW)).toBe(false);
  });
});

describe('without a key', () => {
  test('stores and reads plain JSON', async () => {
    const text = await storedText('wall-1', LINK, linksWith());
    expect(JSON.parse(text)).toEqual(LINK);
    expect(await read(text)).toEqual({ ...LINK, isAuthentic: true });
  });

  test('takes no link that was signed with a key', async () => {
    expect(await isAuthentic(await storedText('wall-1', LINK, linksWith(NEW)))).toBe(false);
  });

  test('gives links of earlier versions an end', async () => {
    const { endsAt: _, ...earlier } = LINK;
    expect(await read(JSON.stringify(earlier))).toMatchObject({ isAuthentic: true, endsAt: LINK.endsAt });
  });

  test('takes an end that is no time for one that has passed', async () => {
    const stored = await read(JSON.stringify({ ...LINK, endsAt: 'never' }));
    expect(stored?.endsAt).toBe('1970-01-01T00:00:00.000Z');
  });
});
