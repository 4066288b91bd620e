import { credentialSchema, DIRECT_AUTHS, type SpecDraft } from '@/lib/plane/credentials/credential';
import { CONNECTION_PARTS, credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { PLANE_KINDS, type PlanePlural } from '@/lib/plane/model/kinds';
import { CONNECTIONS } from '@/lib/plane/model/plane';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';
import type { Step } from './register-url';

const plurals = PLANE_KINDS.map((entry) => entry.plural) as [PlanePlural, ...PlanePlural[]];

/**
 * A plane to register, as its form has it. A draft is the state of the wizard, the body of `POST /api/registrations`
 * and the argument of `manifestsOf`.
 */
export interface Draft extends SpecDraft {
  /** Generated once by the browser. It identifies retries, so a lost answer doesn't create a second plane. */
  id: string;
  plural: PlanePlural;
  /** Empty on cluster-wide kinds. */
  namespace: string;
  name: string;
  displayName: string;
  description: string;
  /** This and the two below are absent in drafts of programs and of earlier versions that don't know them. */
  owner?: string | undefined;
  runbookUrl?: string | undefined;
  labels?: Readonly<Record<string, string>> | undefined;
}

const draftShape = {
  id: z.uuid(),
  plural: z.enum(plurals),
  namespace: z.string(),
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  owner: z.string().optional(),
  runbookUrl: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  connection: z.enum(CONNECTIONS),
  auth: z.enum(DIRECT_AUTHS),
  spec: jsonObjectSchema,
  credentials: z.record(z.string(), credentialSchema),
};
export const draftSchema: z.ZodType<Draft> = z.object(draftShape);

/**
 * A draft in a request. Rejects unknown fields, because dropping them silently would suggest that they were written.
 * A draft stored in a browser may be from another version, so it is read with `draftSchema`.
 */
export const draftRequestSchema: z.ZodType<Draft> = z.strictObject({
  ...draftShape,
  credentials: z.record(z.string(), z.strictObject(credentialSchema.shape)),
});

/** A problem with a draft, at the field it belongs to. */
export interface DraftProblem {
  /**
   * The path in the draft: `['name']`, `['spec', 'gateway', 'publicVirtualHost']`, `['credentials',
   * 'clusterAgent.clientCA', 'text']`.
   */
  readonly path: JsonPath;
  /** An error blocks the draft from being written; a warning says what will break. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Returns the wizard step that contains a field of the draft, or `review` for a path without a field. */
export function stepOfPath(path: JsonPath, kind: InstalledKind): Step {
  const [part, name] = path;
  switch (part) {
    case 'plural':
      return 'kind';
    case 'namespace':
    case 'name':
    case 'displayName':
    case 'description':
    case 'owner':
    case 'runbookUrl':
    case 'labels':
      return 'identity';
    case 'connection':
    case 'auth':
      return 'connection';
    case 'spec':
      return stepOfSpecField(name);
    case 'credentials':
      return stepOfSpecField(credentialSlots(kind).find((slot) => slot.id === name)?.path[0]);
    default:
      return 'review';
  }
}

function stepOfSpecField(name: string | number | undefined): Step {
  if (name === undefined) return 'review';
  if (name === 'planeID') return 'identity';
  return CONNECTION_PARTS.includes(String(name)) ? 'connection' : 'services';
}
