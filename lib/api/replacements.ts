import { replacementRecordSchema } from '@/lib/plane/credentials/replacement-record';
import { secretSharingSchema } from '@/lib/plane/credentials/secret-sharing';
import { z } from '@/lib/zod';

const secretNameSchema = z.object({ namespace: z.string(), name: z.string() });

/** A replacement whose writes were interrupted, or are still in progress. */
const unfinishedReplacementSchema = replacementRecordSchema.extend({
  /** The Secrets that were written, and those that weren't. */
  written: z.array(secretNameSchema),
  missing: z.array(secretNameSchema),
  /** Whether it can be finished without entering the new credential again. */
  finishable: z.boolean(),
});
export type UnfinishedReplacement = z.infer<typeof unfinishedReplacementSchema>;

/** A finished replacement whose old material is still stored. */
const finishedReplacementSchema = replacementRecordSchema.extend({
  /** Whether the old material of every place is still stored, so it can be restored. */
  restorable: z.boolean(),
  /** The old Secrets that the plane no longer uses, and why Planeboard doesn't delete one; empty if changed in place. */
  oldSecrets: z.array(secretNameSchema.extend({ keep: z.string().nullable() })),
  /** The old certificates of an agent CA, as PEM; absent if they aren't stored. */
  oldCertificates: z.string().optional(),
});
export type FinishedReplacement = z.infer<typeof finishedReplacementSchema>;

/** One credential slot that is stored in a Secret, or whose replacement is remembered. */
const slotStateSchema = z.object({
  slot: z.string(),
  /** Who uses the same Secret; null if the slot isn't stored in one. */
  sharing: secretSharingSchema.nullable(),
  /** Whether that Secret doesn't exist. False if that's unknown. */
  secretMissing: z.boolean(),
  /** Whether the caller may create Secrets in its namespace; null if that's unknown. */
  mayCreateSecret: z.boolean().nullable(),
  unfinished: unfinishedReplacementSchema.nullable(),
  finished: finishedReplacementSchema.nullable(),
});
export type SlotState = z.infer<typeof slotStateSchema>;

/** `GET /api/planes/.../replacements`: the plane's credentials as far as a replacement concerns them. */
export const replacementsAnswerSchema = z.object({ serverTime: z.string(), slots: z.array(slotStateSchema) });
export type ReplacementsAnswer = z.infer<typeof replacementsAnswerSchema>;

export const SETTLEMENT_ACTIONS = ['finish', 'restore', 'delete-old'] as const;

/**
 * `POST /api/planes/.../replacements`: ends a replacement. `finish` completes an interrupted one whose Secrets are all
 * written, `restore` brings back the old material or the references to it, and `delete-old` deletes the old material of a
 * finished one.
 */
export const settlementSchema = z.strictObject({
  slot: z.string(),
  action: z.enum(SETTLEMENT_ACTIONS),
  evenIfManaged: z.boolean().optional(),
});
export type Settlement = z.infer<typeof settlementSchema>;

export const settlementAnswerSchema = z.object({
  /** One sentence for each change. */
  done: z.array(z.string()),
  refreshedAt: z.string(),
});
export type SettlementAnswer = z.infer<typeof settlementAnswerSchema>;
