import { managingToolSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';
import { registrationRemainsSchema } from './registration';

/** The closed list of ways in which an API call can fail. Texts may change, codes don't. */
const PROBLEM_CODES = [
  'bad-request',
  'invalid-field',
  'unauthenticated',
  'renewal-due',
  'sign-in-unavailable',
  'wall-revoked',
  'wall-ended',
  'wall-not-authentic',
  'forbidden',
  'cross-origin',
  'csrf',
  'unsupported-media-type',
  'unknown-host',
  'not-found',
  'method-not-allowed',
  'conflict',
  'already-exists',
  'managed-elsewhere',
  'read-only',
  'length-required',
  'too-large',
  'rate-limited',
  'too-many-readers',
  'api-server-unreachable',
  'api-server-error',
  'not-installed',
  'not-audited',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** RFC 9457 problem details, with Planeboard's `code` and the path of each invalid field. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
    .optional(),
  /** What a failed registration left behind. */
  registration: registrationRemainsSchema.optional(),
  /** For `managed-elsewhere`: the tool that will undo the write, if known. */
  managedBy: managingToolSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;
