import type { Plane } from '@/lib/plane/model/plane';
import { REFERENCE_STATES } from '@/lib/plane/model/references';
import { z } from '@/lib/zod';

/** Limits of the health rules, all configurable; milliseconds unless the name says otherwise. */
export const healthLimitsSchema = z.object({
  /** A heartbeat up to this old is fresh. */
  heartbeatFreshMs: z.number(),
  /** A heartbeat older than this is stale: the status is frozen, whatever it says. */
  heartbeatStaleMs: z.number(),
  /** A heartbeat further in the future than this cannot be judged. */
  heartbeatSkewMs: z.number(),
  /** How long a new plane may go without a status before that is strange. */
  statusGraceMs: z.number(),
  /** How long a new plane may wait for its first agent. */
  firstAgentGraceMs: z.number(),
  /** How long a deletion may take. */
  deletionGraceMs: z.number(),
  /** How long a change of the spec may stay unobserved. */
  observedGraceMs: z.number(),
  /** Without contact with the API server for this long, nothing is known. */
  contactLostMs: z.number(),
  /** All agents lost within this time of each other is one incident. */
  incidentWindowMs: z.number(),
  /** A CA that expires within this many days degrades. */
  certificateWarningDays: z.number(),
  /** A pinned self-signed leaf that expires within this many days degrades: the charts' renewal will replace it. */
  leafWarningDays: z.number(),
});
export type HealthLimits = z.infer<typeof healthLimitsSchema>;

export const DEFAULT_LIMITS: HealthLimits = {
  heartbeatFreshMs: 120_000,
  heartbeatStaleMs: 180_000,
  heartbeatSkewMs: 30_000,
  statusGraceMs: 120_000,
  firstAgentGraceMs: 15 * 60_000,
  deletionGraceMs: 5 * 60_000,
  observedGraceMs: 120_000,
  contactLostMs: 60_000,
  incidentWindowMs: 120_000,
  certificateWarningDays: 14,
  leafWarningDays: 30,
};

/** One certificate of a bundle: any of them may be the one by which the agent is verified. */
const bundledCertificateSchema = z.object({
  notAfter: z.string(),
  notBefore: z.string(),
  selfSignedLeaf: z.boolean(),
});
export type BundledCertificate = z.infer<typeof bundledCertificateSchema>;

/** What is publicly known of the certificate(s) that verify a plane's agent; never the material itself. */
export const certificateFactSchema = z.discriminatedUnion('state', [
  /** Nobody looked: direct access, a release without it, or a Secret that the dashboard may not read. */
  z.object({ state: z.literal('not-checked') }),
  /** The plane names no CA at all, so no agent can be verified. */
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('secret-missing'), secret: z.string() }),
  z.object({ state: z.literal('key-missing'), secret: z.string(), key: z.string() }),
  /** There is material, and no certificate can be read from it. */
  z.object({ state: z.literal('unparsable'), problem: z.string() }),
  z.object({
    state: z.literal('parsed'),
    /** Of a bundle, as the three that follow: of its certificate that ends last. */
    notAfter: z.string(),
    notBefore: z.string(),
    subject: z.string(),
    /** A self-signed certificate that is no CA: it is the agent's own, and dies with its renewal. */
    selfSignedLeaf: z.boolean(),
    /** How many certificates the bundle holds. */
    count: z.number(),
    /** Of a bundle: those that end before its last one, the first end first. Absent: none does. */
    earlier: z.array(bundledCertificateSchema).optional(),
  }),
]);
export type CertificateFact = z.infer<typeof certificateFactSchema>;
/** A CA that could be read. */
export type ParsedCa = Extract<CertificateFact, { state: 'parsed' }>;

/** Facts about one plane that its own resource does not hold. The server finds them; they travel with the plane. */
export const planeFactsSchema = z.object({
  /** How many other planes of the same role use the same planeID. */
  siblings: z.number(),
  observabilityPlane: z.enum(REFERENCE_STATES),
  certificate: certificateFactSchema,
});
export type PlaneFacts = z.infer<typeof planeFactsSchema>;

/** A plane and what was found out about it beside its resource. */
export type PlaneWithFacts = Plane & { readonly facts: PlaneFacts };

/** Everything that `deriveHealth` judges by, beside the plane and the time. */
export interface HealthFacts extends PlaneFacts {
  readonly limits: HealthLimits;
  /** Last proven contact with the API server about this kind, milliseconds since the epoch on its clock; null: never. */
  readonly contactAtMs: number | null;
  /**
   * Planeboard's server, which all of this comes from, has itself fallen silent: whether the API server still answers
   * it is not known then. Only a browser can say so.
   */
  readonly serverSilent?: boolean;
  /** Since when a control-plane incident lasts that this plane is part of; null: none. */
  readonly incidentSinceMs: number | null;
}

/** The facts of a plane about which nothing has been found out. */
export const NO_FACTS: PlaneFacts = {
  siblings: 0,
  observabilityPlane: 'none',
  certificate: { state: 'not-checked' },
};
