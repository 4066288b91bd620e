import {
  certificateDetailSchema,
  certificateFindingSchema,
} from '@/lib/plane/credentials/certificate-detail';
import { accessSchema } from '@/lib/plane/model/access';
import { objectRefSchema } from '@/lib/plane/model/object-ref';
import { z } from '@/lib/zod';

/** Where a plane's CA stands, and what is publicly known of it. */
export const agentCaSchema = z.object({
  source: z.discriminatedUnion('from', [
    /** No agent, or no place for a CA. */
    z.object({ from: z.literal('none') }),
    z.object({ from: z.literal('absent') }),
    z.object({ from: z.literal('inline') }),
    z.object({
      from: z.literal('secret'),
      namespace: z.string(),
      name: z.string(),
      key: z.string(),
      state: z.enum(['read', 'missing', 'key-missing', 'not-visible', 'unknown']),
      /** Whether Planeboard made it for this plane, by its annotation. */
      createdForThisPlane: z.boolean(),
      /** Other planes that name the same Secret. */
      usedBy: z.array(objectRefSchema),
    }),
  ]),
  certificates: z.array(certificateDetailSchema),
  findings: z.array(certificateFindingSchema),
});
export type AgentCa = z.infer<typeof agentCaSchema>;

/** What a plane's observability reference leads to. */
export const observabilityTargetSchema = z.object({
  /** `not-applicable`: the kind has no such reference, or the resource cannot be read. */
  via: z.enum(['explicit', 'default', 'none', 'not-applicable']),
  target: objectRefSchema.optional(),
  state: z.enum(['found', 'missing', 'not-visible']).optional(),
});
export type ObservabilityTarget = z.infer<typeof observabilityTargetSchema>;

/** Something that refers to this plane. */
export const referrerSchema = objectRefSchema.extend({
  /** By name, or because it names none and this plane is the `default`. */
  via: z.enum(['explicit', 'default']),
});
export type Referrer = z.infer<typeof referrerSchema>;

/** The tool that keeps a resource as its source says, and will undo what others write. */
export const MANAGING_TOOLS = ['argocd', 'flux', 'helm'] as const;
export const managingToolSchema = z.object({
  tool: z.enum(MANAGING_TOOLS),
  /** Application, Kustomization or release, with its namespace where known. */
  name: z.string().optional(),
  /** How it is known: the label, annotation or field manager. */
  evidence: z.string(),
  /** Its page in that tool, http or https; absent where the tool has none or its address is not known. */
  url: z.string().optional(),
});
export type ManagingTool = z.infer<typeof managingToolSchema>;

export const MANAGING_TOOL_LABELS: Record<ManagingTool['tool'], string> = {
  argocd: 'Argo CD',
  flux: 'Flux',
  helm: 'Helm',
};

/** What manages a resource: `Argo CD (shop-planes)`. */
export function managingToolText({ tool, name }: ManagingTool): string {
  return `${MANAGING_TOOL_LABELS[tool]}${name === undefined ? '' : ` (${name})`}`;
}

/** One entry of managedFields, newest first. */
export const fieldManagerSchema = z.object({
  manager: z.string(),
  operation: z.string(),
  /** RFC 3339. */
  at: z.string().nullable(),
  /** `status`, or null for the resource itself. */
  subresource: z.string().nullable(),
});
export type FieldManager = z.infer<typeof fieldManagerSchema>;

/** A Deployment of OpenChoreo's control plane, as far as the caller may read it. */
export const workloadSchema = z.object({
  name: z.string(),
  role: z.enum(['gateway', 'controller']),
  readyReplicas: z.number(),
  desiredReplicas: z.number(),
  /** RFC 3339; when it last became available or stopped to be; null: not told. */
  changedAt: z.string().nullable(),
});
export const controlPlaneStateSchema = z.object({
  state: z.enum(['read', 'not-visible', 'not-found']),
  workloads: z.array(workloadSchema),
  /** Of the controller manager: leader election renews it every few seconds. Null: none was found. */
  lease: z
    .object({ name: z.string(), holder: z.string().nullable(), renewedAt: z.string().nullable() })
    .nullable(),
});
export type ControlPlaneState = z.infer<typeof controlPlaneStateSchema>;

/** All that stands around one plane and is in no row of the fleet. Whatever could not be read says so. */
export const relatedResourcesSchema = z.object({
  ca: agentCaSchema,
  observability: observabilityTargetSchema,
  /** Environments, workflows and other planes; null: some could not be listed by the caller. */
  referrers: z.array(referrerSchema),
  /** Kinds of referrers that the caller may not list, or that could not be: what they refer to is not visible. */
  referrersNotVisible: z.array(z.string()),
  /** Kinds of which there are so many that only the first were looked at, or are told; absent: all were. */
  referrersCutShort: z.array(z.string()).optional(),
  managedBy: managingToolSchema.nullable(),
  fieldManagers: z.array(fieldManagerSchema),
  /** Whether the caller may change the plane. */
  mayChange: accessSchema,
  /** Paths in the last applied configuration that this release's schema has dropped: `spec.clusterAgent.clientCA.secretRef`. */
  droppedFields: z.array(z.string()),
  /** The kind is still served, yet no controller of this release reconciles it (BuildPlane after 1.0). */
  unreconciled: z.boolean(),
  /** Whether deleting a data plane of this release deletes its Environments (up to 0.17) or is blocked by them. */
  deletionRule: z.enum(['deletes-environments', 'blocked-by-environments', 'none']),
  controlPlane: controlPlaneStateSchema,
});
export type RelatedResources = z.infer<typeof relatedResourcesSchema>;
