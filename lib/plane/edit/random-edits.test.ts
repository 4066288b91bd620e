import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { RELEASES } from '@/demo/crds/profiles';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, startsWith, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { applyMergePatch, changedPaths, sameJson } from '@/lib/plane/json/merge-patch';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { installedKinds, inventedKind } from '@/testing/plane/installed-kinds';
import { RandomEdits } from '@/testing/plane/random-edits-fixture';
import { changesOfObject } from './object-changes';
import { restoreMasked } from './restore-masked';
import { shownDifference } from './shown-difference';
import { keepsStoredSecret, specDraftOf } from './spec-draft';
import { specPatchOfDraft, withOneSource } from './spec-patch';

const PLANES_PER_KIND = 60;
/** More planes of the kind with secrets in lists, where most can go wrong. */
const PLANES_WITH_LISTS = 600;

/** A kind with secrets in lists, maps and free-form values, which no release has. */
const INVENTED = inventedKind('ClusterDataPlane', {
  type: 'object',
  properties: {
    planeID: { type: 'string' },
    mirrors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          host: { type: 'string' },
          password: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    apiTokens: { type: 'array', items: { type: 'string' } },
    quotas: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { pods: { type: 'integer' } } },
    },
    extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
});

const KINDS: readonly (readonly [string, InstalledKind])[] = [
  ...RELEASES.flatMap((release) =>
    installedKinds(release).map((kind) => [`${kind.entry.kind} of ${release}`, kind] as const),
  ),
  ['a kind with secrets in lists', INVENTED],
];

const shownOf = (stored: JsonObject): JsonObject => redactObject(stored).object as JsonObject;

/** Applies changes as the server does, without sending them. Returns undefined if the server rejects them. */
function written(
  stored: JsonObject,
  shown: JsonObject,
  patch: JsonObject,
  kind: InstalledKind,
): JsonObject | undefined {
  const restored = restoreMasked(patch, { raw: stored, redacted: shown });
  if ('problems' in restored) return undefined;
  const complete = restored.patch ?? {};
  const spec = isJsonObject(complete.spec) ? complete.spec : {};
  const storedSpec = isJsonObject(stored.spec) ? stored.spec : {};
  const whole = withOneSource(spec, storedSpec, credentialSlots(kind)).patch;
  return applyMergePatch(stored, { ...complete, ...(complete.spec === undefined ? {} : { spec: whole }) });
}

test.each(KINDS)(
  'YAML edits of %s change only the edited fields and keep every other secret and field',
  (_, kind) => {
    const slots = credentialSlots(kind);
    // A credential is switched as a whole, because its two halves exclude each other.
    const isFixed = (path: JsonPath) =>
      slots.some((slot) => path.length > slot.path.length + 1 && startsWith(path.slice(1), slot.path));
    let rejected = 0;
    const planes = kind === INVENTED ? PLANES_WITH_LISTS : PLANES_PER_KIND;
    for (let seed = 1; seed <= planes; seed += 1) {
      const random = new RandomEdits(seed);
      const stored = random.plane(kind);
      const shown = shownOf(stored);
      let edited = parse(stringify(shown, { lineWidth: 0 })) as JsonObject;
      expect(changesOfObject(shown, edited)).toEqual({ changes: {} });
      let expected = stored;
      const touched: JsonPath[] = [];
      for (let count = random.pick([1, 1, 2, 3]); count > 0; count -= 1) {
        const edit = random.edit(
          edited,
          ['spec'],
          (path) => isFixed(path) || touched.some((list) => startsWith(path, list)),
        );
        const next = edit.apply(edited);
        // Swapping items that look the same isn't visible, so an edit of the shown object can't mean it.
        if (!sameJson(next, edited)) expected = edit.apply(expected);
        edited = next;
        if (Array.isArray(valueAt(edited, edit.path))) touched.push(edit.path);
      }
      edited = withValueAt(edited, ['metadata', 'labels', 'team'], 'another');
      expected = withValueAt(expected, ['metadata', 'labels', 'team'], 'another');

      const result = changesOfObject(shown, parse(stringify(edited)) as JsonObject);
      if ('problems' in result) throw new Error(`seed ${seed}: ${JSON.stringify(result.problems)}`);
      const { spec, ...metadata } = result.changes;
      const patch = { metadata: metadata as JsonObject, ...(spec ? { spec } : {}) };
      const now = written(stored, shown, patch, kind);
      if (now === undefined) {
        rejected += 1;
        continue;
      }
      const wrong = changedPaths(expected, now);
      expect(wrong, `seed ${seed}`).toEqual([]);
      expect(JSON.stringify(now), `seed ${seed}`).not.toContain(MASK);
    }
    // Only lists whose secrets can't be told apart may be rejected.
    expect(rejected).toBeLessThan(kind === INVENTED ? PLANES_WITH_LISTS / 4 : 1);
  },
);

test.each(KINDS)('an untouched form of %s writes nothing', (_, kind) => {
  for (let seed = 1; seed <= PLANES_PER_KIND; seed += 1) {
    const { spec } = shownOf(new RandomEdits(seed).plane(kind));
    expect(specPatchOfDraft(spec, specDraftOf(spec, kind, 'prod'), kind), `seed ${seed}`).toBeNull();
  }
});

test.each(KINDS)('a form of %s changes only the edited fields', (_, kind) => {
  for (let seed = 1; seed <= PLANES_PER_KIND; seed += 1) {
    const random = new RandomEdits(seed);
    const stored = random.plane(kind);
    const shown = shownOf(stored);
    const draft = specDraftOf(shown.spec, kind, 'prod');
    const { changed, touched } = touch(draft, random);
    if (touched === null) continue;
    const patch = specPatchOfDraft(shown.spec, changed, kind);
    const now = patch ? written(stored, shown, { spec: patch }, kind) : stored;
    if (now === undefined) throw new Error(`seed ${seed}: refused`);
    const others = changedPaths(stored, now).filter(
      (path) => !startsWith(path.slice(1), touched) && !startsWith(touched, path.slice(1)),
    );
    expect(others, `seed ${seed}, touched ${touched.join('.')}`).toEqual([]);
    expect(JSON.stringify(now)).not.toContain(MASK);
  }
});

/** Changes one field or credential of the draft. */
function touch(draft: SpecDraft, random: RandomEdits): { changed: SpecDraft; touched: JsonPath | null } {
  const leaves = [...leavesOf(draft.spec, [])].filter((path) => valueAt(draft.spec, path) !== '');
  const ids = Object.keys(draft.credentials);
  if (ids.length > 0 && random.chance(0.4)) {
    const id = random.pick(ids);
    const before = draft.credentials[id];
    if (!before) throw new Error(`There is no ${id}.`);
    const text = keepsStoredSecret(before) ? random.secret() : 'a new text';
    const changed = {
      ...draft,
      credentials: { ...draft.credentials, [id]: { ...before, text, source: 'inline' as const } },
    };
    return { changed, touched: id.split('.') };
  }
  if (leaves.length === 0) return { changed: draft, touched: null };
  const path = random.pick(leaves);
  return { changed: { ...draft, spec: withValueAt(draft.spec, path, 'edited') }, touched: path };
}

function* leavesOf(value: Json, path: JsonPath): Generator<JsonPath> {
  if (isJsonObject(value))
    for (const [name, child] of Object.entries(value)) yield* leavesOf(child, [...path, name]);
  else if (Array.isArray(value)) yield path;
  else yield path;
}

test.each(KINDS)('the difference of %s marks a changed secret and contains no secret', (_, kind) => {
  for (let seed = 1; seed <= PLANES_PER_KIND; seed += 1) {
    const random = new RandomEdits(seed);
    const stored = random.plane(kind);
    const { masked } = redactObject(stored);
    const path = masked[0];
    if (!path) continue;
    const after = withValueAt(stored, path, 'https://me:canary-secret-anew@example.com');
    const difference = shownDifference(stored, after);
    expect(JSON.stringify(difference), `seed ${seed}`).not.toContain('canary-secret');
    expect(sameJson(difference.before, difference.after), `seed ${seed}`).toBe(false);
    expect(sameJson(...sides(shownDifference(stored, stored)))).toBe(true);
  }
});

function sides({ before, after }: { before: JsonObject; after: JsonObject }): [JsonObject, JsonObject] {
  return [before, after];
}
