import { dictionary } from '@/lib/plane/json/dictionary';
import { REPLACED_ANNOTATION, REPLACING_ANNOTATION } from '@/lib/plane/model/annotations';
import { secretKeyProblem } from '@/lib/plane/model/names';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { parseTimeMs } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';
import { z } from '@/lib/zod';

/** How a replacement changes the material of a slot. */
export const REPLACEMENT_ACTIONS = ['add', 'keep-only', 'replace'] as const;

/** Anyone who may annotate a plane can write a record, and its names become API paths. */
const nameSchema = z.string().refine(isKubernetesName);

const writtenPlaceSchema = z.object({
  slot: z.string(),
  namespace: nameSchema,
  name: nameSchema,
  key: z.string().refine((key) => secretKeyProblem(key) === null),
  /** The Secret that the slot referred to before; absent if the Secret is changed in place. */
  was: nameSchema.optional(),
  /** Whether the replacement creates the Secret; one that exists keeps its old value under `oldValueKey`. */
  created: z.literal(true).optional(),
});
/** A key of a Secret that a replacement writes, and the slot that it belongs to. */
export type WrittenPlace = z.infer<typeof writtenPlaceSchema>;

/**
 * The facts about a replacement that a plane's annotations remember, so that anyone can finish or undo it. Contains
 * names and fingerprints, never material.
 */
export const replacementRecordSchema = z.object({
  id: z.string(),
  action: z.enum(REPLACEMENT_ACTIONS),
  /** The API server's name for the user; null if unknown. */
  by: z.string().nullable(),
  /** When it began, RFC 3339 on the API server's clock. */
  at: z.string(),
  /** When the certificates of the slot were stored that an agent may have been restarted for; absent if unknown. */
  since: z.string().optional(),
  /** Whether it added certificates again that the replacement before it had removed. */
  restored: z.literal(true).optional(),
  /** Empty if only the plane changes. */
  places: z.array(writtenPlaceSchema),
  /** SHA-256 fingerprints of the slot's certificates before and after; empty for a secret. */
  before: z.array(z.string()),
  after: z.array(z.string()),
});
export type ReplacementRecord = z.infer<typeof replacementRecordSchema>;

/** Records by slot id, without inherited keys: a request may name any slot. */
export type ReplacementRecords = Readonly<Record<string, ReplacementRecord>>;

type Annotations = Readonly<Record<string, string>>;

/** Returns the replacements that have begun and aren't finished. */
export function unfinishedReplacements(annotations: Annotations): ReplacementRecords {
  return parseRecords(annotations[REPLACING_ANNOTATION]);
}

/** Returns the last finished replacement of each slot, unless its old material was given up. */
export function finishedReplacements(annotations: Annotations): ReplacementRecords {
  return parseRecords(annotations[REPLACED_ANNOTATION]);
}

/** Anyone can write an annotation, so an unreadable one counts as absent, and an unreadable record as well. */
function parseRecords(text: string | undefined): ReplacementRecords {
  if (text === undefined) return dictionary();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return dictionary();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return dictionary();
  const records: [string, ReplacementRecord][] = [];
  for (const [slot, record] of Object.entries(value)) {
    const read = replacementRecordSchema.safeParse(record).data;
    if (read) records.push([slot, read]);
  }
  return dictionary(records);
}

/** The longest that the writes of one replacement take, with the timeouts of all requests. */
const WRITING_MS = 30_000;

/**
 * Returns whether an unfinished replacement may still be in progress. After that it was interrupted.
 *
 * @param nowMs on the API server's clock
 */
export function mayBeInProgress({ at }: Pick<ReplacementRecord, 'at'>, nowMs: number): boolean {
  const startedMs = parseTimeMs(at);
  return startedMs !== null && Math.abs(nowMs - startedMs) < paced(WRITING_MS);
}

/** The part of a merge patch that changes a plane's records of one slot; null removes a record. */
export interface RecordChange {
  readonly unfinished?: ReplacementRecord | null;
  readonly finished?: ReplacementRecord | null;
}

/** Returns the annotations of a merge patch that changes the records of a slot and keeps those of other slots. */
export function recordPatch(
  annotations: Annotations,
  slot: string,
  { unfinished, finished }: RecordChange,
): Record<string, string | null> {
  return {
    ...(unfinished === undefined
      ? {}
      : { [REPLACING_ANNOTATION]: recordsText(unfinishedReplacements(annotations), slot, unfinished) }),
    ...(finished === undefined
      ? {}
      : { [REPLACED_ANNOTATION]: recordsText(finishedReplacements(annotations), slot, finished) }),
  };
}

function recordsText(
  records: ReplacementRecords,
  slot: string,
  record: ReplacementRecord | null,
): string | null {
  const { [slot]: _before, ...others } = records;
  const changed = record === null ? others : { ...others, [slot]: record };
  return Object.keys(changed).length === 0 ? null : JSON.stringify(changed);
}

/** The suffix of the key that keeps the old value while a Secret is changed in place. */
const OLD_VALUE_SUFFIX = '.old';

/** Returns the key of the same Secret that keeps a key's old value until the replacement is confirmed. */
export function oldValueKey(key: string): string {
  return `${key}${OLD_VALUE_SUFFIX}`;
}
