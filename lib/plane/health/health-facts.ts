import type { Plane } from '@/lib/plane/model/plane';
import { REFERENCE_STATES } from '@/lib/plane/model/references';
import { z } from '@/lib/zod';
import type { ControllerFacts } from './controller-facts';

/** Limits of the health rules, all configurable. In milliseconds unless the name says otherwise. */
export const healthLimitsSchema = z.object({
  /** The highest age of a fresh heartbeat. */
  heartbeatFreshMs: z.number(),
  /** Beyond this age, a heartbeat is stale: the status isn't updated, whatever it says. */
  heartbeatStaleMs: z.number(),
  /** A heartbeat further in the future than this can't be judged. */
  heartbeatSkewMs: z.number(),
  /** How long a new plane may have no status before that is an error. */
  statusGraceMs: z.number(),
  /** How long a new plane may wait for its first agent. */
  firstAgentGraceMs: z.number(),
  /** How long a deletion may take. */
  deletionGraceMs: z.number(),
  /** How long a change of the spec may stay unobserved. */
  observedGraceMs: z.number(),
  /** A connection that changes three times within this time is flapping. */
  flappingWindowMs: z.number(),
  /** Without contact with the API server for this long, nothing is known. */
  contactLostMs: z.number(),
  /** Without a renewal of the controller's Lease for this long, conditions that are True prove nothing. */
  controllerProofMs: z.number(),
  /** Losses of several planes within this time may be one incident. */
  incidentWindowMs: z.number(),
  /** A CA that expires within this many days makes the plane degraded. */
  certificateWarningDays: z.number(),
  /**
   * A pinned self-signed leaf that expires within this many days makes the plane degraded, because the charts'
   * renewal will replace it.
   */
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
  flappingWindowMs: 15 * 60_000,
  contactLostMs: 60_000,
  controllerProofMs: 60_000,
  incidentWindowMs: 120_000,
  certificateWarningDays: 14,
  leafWarningDays: 30,
};

/** One certificate of a bundle. Any of them may be the one that verifies the agent. */
const bundledCertificateSchema = z.object({
  notAfter: z.string(),
  notBefore: z.string(),
  selfSignedLeaf: z.boolean(),
});
export type BundledCertificate = z.infer<typeof bundledCertificateSchema>;

/** What is known of certificates that a plane uses; never the material itself. */
const certificateFactSchema = z.discriminatedUnion('state', [
  /** Not read: a plane without this credential, or a Secret that Planeboard's account may not read. */
  z.object({ state: z.literal('not-checked') }),
  /** The plane lacks it. Without an agent CA, for example, no agent can be verified. */
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('secret-missing'), secret: z.string() }),
  z.object({ state: z.literal('key-missing'), secret: z.string(), key: z.string() }),
  /** There is material, but no certificate can be read from it. */
  z.object({ state: z.literal('unparsable'), problem: z.string() }),
  z.object({
    state: z.literal('parsed'),
    /** In a bundle, this and the next three fields describe the certificate that ends last. */
    notAfter: z.string(),
    notBefore: z.string(),
    subject: z.string(),
    /** A self-signed certificate that isn't a CA: the agent's own, which its renewal replaces. */
    selfSignedLeaf: z.boolean(),
    /** The number of different certificates in the bundle that can be used or, if none can be, that the gateway reads. */
    count: z.number(),
    /**
     * What the bundle has beside them: certificates that can't be used, and blocks that the gateway can't read, with a
     * sentence about each of the first ones. Absent if there are none.
     */
    unreadable: z.object({ count: z.number(), sentences: z.array(z.string()) }).optional(),
    /**
     * Why its extensions exclude it from its purpose: of the first certificate, if they exclude all of a bundle. Absent
     * if one can be used.
     */
    obstacle: z.string().optional(),
    /**
     * The certificates of a bundle that end before its last one, the earliest end first. Absent if there are none.
     */
    earlier: z.array(bundledCertificateSchema).optional(),
  }),
]);
export type CertificateFact = z.infer<typeof certificateFactSchema>;
/** A CA that could be read. */
export type ParsedCa = Extract<CertificateFact, { state: 'parsed' }>;

/** What is known of a key, a token or a password. */
const secretFactSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('not-checked') }),
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('secret-missing'), secret: z.string() }),
  z.object({ state: z.literal('key-missing'), secret: z.string(), key: z.string() }),
  /** A private key that can't be read. */
  z.object({ state: z.literal('unparsable'), problem: z.string() }),
  /** A private key that doesn't belong to the client certificate beside it. */
  z.object({ state: z.literal('mismatched') }),
  z.object({
    state: z.literal('present'),
    /** This and the next field: when a token begins and ends, as far as it says so. */
    notBefore: z.string().optional(),
    notAfter: z.string().optional(),
    /** Why a token is never valid. Absent if it can be. */
    obstacle: z.string().optional(),
  }),
]);
export type SecretFact = z.infer<typeof secretFactSchema>;

/** A credential that the control plane signs in to the plane's cluster with, or verifies it by. */
const credentialFactSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('certificate'),
    /** The place in the spec: `kubernetesCluster.tls.ca`. */
    slot: z.string(),
    purpose: z.enum(['server-ca', 'client-certificate']),
    fact: certificateFactSchema,
  }),
  z.object({
    kind: z.literal('secret'),
    slot: z.string(),
    purpose: z.enum(['client-key', 'bearer-token', 'password', 'other']),
    fact: secretFactSchema,
  }),
]);
export type CredentialFact = z.infer<typeof credentialFactSchema>;

/** What is known of the heartbeat while the status says connected but has none. */
export const heartbeatGapSchema = z.object({
  /** The newest heartbeat that the server saw in this connection's earlier statuses, RFC 3339; null: none. */
  last: z.string().nullable(),
  /** Whether the gateway has several replicas, of which only the one that holds the agent knows its heartbeat. */
  severalReplicas: z.boolean(),
});
export type HeartbeatGap = z.infer<typeof heartbeatGapSchema>;

/** A connection that the server saw change at least three times within the flapping window. All times RFC 3339. */
const flappingSchema = z.object({
  /** The first of the changes. */
  since: z.string(),
  lastChangeAt: z.string(),
  /** When it ends if the connection doesn't change again. */
  until: z.string(),
});
export type Flapping = z.infer<typeof flappingSchema>;

/** A change of the credentials of a plane with direct access, since which some of its conditions weren't written. */
const credentialChangeSchema = z.object({
  /** When the last such change was seen, RFC 3339. */
  seenAt: z.string(),
  /** The Secrets that were changed, as `<namespace>/<name>`. */
  secrets: z.array(z.string()),
  /** The types of those conditions. They say nothing about the present credentials. */
  conditions: z.array(z.string()),
});
export type CredentialChange = z.infer<typeof credentialChangeSchema>;

/**
 * Facts about one plane that its own resource doesn't contain. The server determines them and sends them with the
 * plane.
 */
export const planeFactsSchema = z.object({
  /** The number of other planes of the same role with the same planeID. */
  siblings: z.number(),
  /**
   * An agent with a fresh heartbeat that such a plane reports while this one reports none. Absent otherwise.
   * `connectedAt`: when that plane's controller noticed it, RFC 3339; null: unknown.
   */
  siblingAgent: z.object({ connectedAt: z.string().nullable() }).optional(),
  observabilityPlane: z.enum(REFERENCE_STATES),
  certificate: certificateFactSchema,
  /** The credentials that the plane uses besides the agent's CA; absent if there are none. */
  credentials: z.array(credentialFactSchema).optional(),
  /** Present only while the status says connected and has no readable heartbeat. */
  heartbeatGap: heartbeatGapSchema.optional(),
  /** Absent if the connection isn't flapping. */
  flapping: flappingSchema.optional(),
  /** Absent if every condition that is True was written with the present credentials, as far as the server saw. */
  credentialChange: credentialChangeSchema.optional(),
  /** The id of the incident in which the plane is lost. Absent if it's in none. */
  incident: z.string().optional(),
  /** Present if no controller of this release reconciles the plane's kind (BuildPlane from 1.0 on). */
  unreconciled: z.literal(true).optional(),
});
export type PlaneFacts = z.infer<typeof planeFactsSchema>;

/** A plane and the facts beside its resource. */
export type PlaneWithFacts = Plane & { readonly facts: PlaneFacts };

/** Everything that `deriveHealth` uses besides the plane and the time. */
export interface HealthFacts extends PlaneFacts {
  readonly limits: HealthLimits;
  /**
   * When the watch of this kind last proved that it delivers, milliseconds since the epoch on the API server's clock;
   * null: never.
   */
  readonly contactAtMs: number | null;
  /**
   * Whether Planeboard's server, the source of all this, is silent itself. It's then unknown whether the API server
   * still answers. Only a browser can set this.
   */
  readonly serverSilent?: boolean;
  /** Whether the plane's kind can't be listed and watched for lack of permission, so nothing keeps the plane current. */
  readonly forbidden?: boolean;
  /** What proves that the controller runs; absent: nothing was read. */
  readonly controller?: ControllerFacts | undefined;
}

/** The facts of a plane before anything is known. */
export const NO_FACTS: PlaneFacts = {
  siblings: 0,
  observabilityPlane: 'none',
  certificate: { state: 'not-checked' },
};
