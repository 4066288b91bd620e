import {
  certificateDetailSchema,
  certificateFindingSchema,
  unreadableBlockSchema,
} from '@/lib/plane/credentials/certificate-detail';
import { accessSchema } from '@/lib/plane/model/access';
import { objectRefSchema } from '@/lib/plane/model/object-ref';
import { z } from '@/lib/zod';
import { MANAGING_TOOL_IDS, managingToolEntry } from './managing-tools';

/** Where a plane's CA is stored, and the public facts about it. */
const agentCaSchema = z.object({
  source: z.discriminatedUnion('from', [
    /** No agent, or no field for a CA. */
    z.object({ from: z.literal('none') }),
    z.object({ from: z.literal('absent') }),
    z.object({ from: z.literal('inline') }),
    z.object({
      from: z.literal('secret'),
      namespace: z.string(),
      name: z.string(),
      key: z.string(),
      state: z.enum(['read', 'missing', 'key-missing', 'not-visible', 'unknown']),
      /** Whether Planeboard created it for this plane, judged by its annotation. */
      createdForThisPlane: z.boolean(),
      /** Other planes that name the same Secret. */
      usedBy: z.array(objectRefSchema),
    }),
  ]),
  certificates: z.array(certificateDetailSchema),
  findings: z.array(certificateFindingSchema),
  /** What the gateway can't read in it; absent if there is nothing of the kind. */
  unreadable: z.array(unreadableBlockSchema).optional(),
  /** What is stored beside certificates, such as `a private key`; absent if there is nothing else. */
  others: z.array(z.string()).optional(),
  /** Planes of other clusters that have one of these certificates registered; absent if there are none. */
  sharedWith: z.array(objectRefSchema).optional(),
});
export type AgentCa = z.infer<typeof agentCaSchema>;

/** The target of a plane's observability reference. */
const observabilityTargetSchema = z.object({
  /** `not-applicable`: the kind has no such reference, or the resource can't be read. */
  via: z.enum(['explicit', 'default', 'none', 'not-applicable']),
  target: objectRefSchema.optional(),
  state: z.enum(['found', 'missing', 'not-visible']).optional(),
});
export type ObservabilityTarget = z.infer<typeof observabilityTargetSchema>;

/** An object that refers to this plane. */
export const referrerSchema = objectRefSchema.extend({
  /** By name, or by default: it names none and this plane is the `default`. */
  via: z.enum(['explicit', 'default']),
});
export type Referrer = z.infer<typeof referrerSchema>;

/** A tool or controller that manages a resource and undoes what others write to it. */
export const managingToolSchema = z.object({
  tool: z.enum(MANAGING_TOOL_IDS),
  /** What contains the resource, such as the Application, Kustomization or release, with its namespace if known. */
  name: z.string().optional(),
  /** The evidence: the label, annotation, field manager or owner reference. */
  evidence: z.string(),
  /** Its page in that tool, http or https. Absent if the tool has none or its address is unknown. */
  url: z.string().optional(),
});
export type ManagingTool = z.infer<typeof managingToolSchema>;

/** Returns the tool's own name: `Argo CD`. A controller is named by the object it controls: `PlaneSet shop`. */
export function managingToolLabel({ tool, name = 'Another controller' }: ManagingTool): string {
  return managingToolEntry(tool).label || name;
}

/** Names the managing tool: `Argo CD (shop-planes)`. */
export function managingToolText(managedBy: ManagingTool): string {
  const label = managingToolLabel(managedBy);
  const { name } = managedBy;
  return name === undefined || name === label ? label : `${label} (${name})`;
}

/** Names the managing tool and what contains the resource there: `Argo CD Application shop-planes`. */
export function managingToolPhrase(managedBy: ManagingTool): string {
  const label = managingToolLabel(managedBy);
  const { tool, name } = managedBy;
  if (name === undefined || name === label) return label;
  return [label, managingToolEntry(tool).unit, name].filter(Boolean).join(' ');
}

/** One entry of managedFields. Lists of them are sorted newest first. */
const fieldManagerSchema = z.object({
  manager: z.string(),
  operation: z.string(),
  /** RFC 3339. */
  at: z.string().nullable(),
  /** `status`, or null for the resource itself. */
  subresource: z.string().nullable(),
});
export type FieldManager = z.infer<typeof fieldManagerSchema>;

/** A Deployment of OpenChoreo's control plane, if the caller may read it. */
const workloadSchema = z.object({
  name: z.string(),
  role: z.enum(['gateway', 'controller']),
  readyReplicas: z.number(),
  desiredReplicas: z.number(),
  /** When it last became available or unavailable, RFC 3339; null if not reported. */
  changedAt: z.string().nullable(),
});
const controlPlaneStateSchema = z.object({
  state: z.enum(['read', 'not-visible', 'not-found']),
  workloads: z.array(workloadSchema),
  /**
   * Whether the Service exists through which several replicas of the gateway exchange their agents (1.2.4 and later).
   * Absent if it couldn't be read.
   */
  mesh: z.boolean().optional(),
  /** The controller manager's lease, which leader election renews every few seconds. Null if none was found. */
  lease: z
    .object({
      name: z.string(),
      holder: z.string().nullable(),
      renewedAt: z.string().nullable(),
      /**
       * Whether Planeboard has seen it renewed. `none`: it stayed the same for longer than a leader keeps it. `unknown`: it
       * wasn't read twice yet.
       */
      renewals: z.enum(['seen', 'none', 'unknown']),
    })
    .nullable(),
});
export type ControlPlaneState = z.infer<typeof controlPlaneStateSchema>;

/** Everything around one plane that is in no row of the fleet, including what couldn't be read. */
export const relatedResourcesSchema = z.object({
  ca: agentCaSchema,
  observability: observabilityTargetSchema,
  /** Environments, workflows and other planes. */
  referrers: z.array(referrerSchema),
  /** Kinds of referrers that the caller may not list or that couldn't be listed, so they aren't visible. */
  referrersNotVisible: z.array(z.string()),
  /** Kinds with so many referrers that only the first were checked or returned. Absent if all were. */
  referrersCutShort: z.array(z.string()).optional(),
  managedBy: managingToolSchema.nullable(),
  fieldManagers: z.array(fieldManagerSchema),
  /** Whether the caller may change the plane. */
  mayChange: accessSchema,
  /**
   * Paths in the last applied configuration that this release's schema lacks, such as
   * `spec.clusterAgent.clientCA.secretRef`.
   */
  droppedFields: z.array(z.string()),
  /** Whether deleting a data plane of this release deletes its Environments (up to 0.17) or is blocked by them. */
  deletionRule: z.enum(['deletes-environments', 'blocked-by-environments', 'none']),
  controlPlane: controlPlaneStateSchema,
});
export type RelatedResources = z.infer<typeof relatedResourcesSchema>;
