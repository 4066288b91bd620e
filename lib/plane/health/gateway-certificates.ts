import { parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import { z } from '@/lib/zod';
import { clockFactsSchema } from './clock-facts';
import { controllerFactsSchema } from './controller-facts';

/** The public facts of one certificate, never the material itself. Times are RFC 3339. */
const gatewayCertificateSchema = z.discriminatedUnion('state', [
  /** Planeboard's account may not read it. */
  z.object({ state: z.literal('not-checked') }),
  z.object({ state: z.literal('missing') }),
  /** The object exists, but no certificate can be read from it. `problem` says why, as a clause with a period. */
  z.object({ state: z.literal('unreadable'), problem: z.string() }),
  z.object({ state: z.literal('read'), notBefore: z.string(), notAfter: z.string() }),
]);
export type GatewayCertificate = z.infer<typeof gatewayCertificateSchema>;

/** A change of the CA that Planeboard noticed by reading it twice. */
const caChangeSchema = z.object({
  /** The first four bytes of SHA-256 fingerprints, in hex with colons. */
  before: z.string(),
  after: z.string(),
  /** When the earlier CA was last read and when another one was first read, on the API server's clock. */
  lastSeenAt: z.string(),
  seenAt: z.string(),
  /** When it was last seen to change to a further one. */
  changedAgainAt: z.string().optional(),
  /** When the earlier CA was read again; absent: it's still missing. */
  setBackAt: z.string().optional(),
  /** Present if it was then beside another one, in a bundle. */
  isBesideOther: z.literal(true).optional(),
  /** If the new CA has the key and name of the earlier one: until when the earlier one is valid. */
  sameKeyUntil: z.string().optional(),
  /** Present if the new CA was issued before the earlier one: it's no renewal. */
  isOlder: z.literal(true).optional(),
});
export type CaChange = z.infer<typeof caChangeSchema>;

/** How long a change of the CA is reported: afterwards it's either handled or the agents have disconnected. */
const CHANGE_REPORTED_MS = 7 * DAY_MS;

/** Returns until when a change of the CA is reported, milliseconds since the epoch. */
export function caChangeEndMs({ seenAt, changedAgainAt, setBackAt }: CaChange): number {
  return (
    (parseTimeMs(setBackAt ?? changedAgainAt ?? seenAt) ?? Number.NEGATIVE_INFINITY) + CHANGE_REPORTED_MS
  );
}

/** What the control plane's own objects say about the certificates that agents verify the gateway with. */
export const gatewayFactsSchema = z.object({
  /** The control plane's namespace. */
  namespace: z.string(),
  /** Since when Planeboard would notice a change of the CA: the first time that it read it; null: never. */
  watchedSince: z.string().nullable(),
  /** The kind of object that publishes the CA. */
  caObject: z.enum(['Secret', 'ConfigMap']),
  /**
   * In a bundle: the certificate that verifies the serving certificate or, if none does, any. Of several, one that is
   * valid, or else the one that ends last.
   */
  ca: gatewayCertificateSchema,
  serving: gatewayCertificateSchema,
  /** Whether the published CA verifies the serving certificate; null: not both could be read. */
  verified: z.boolean().nullable(),
  caChange: caChangeSchema.optional(),
});
export type GatewayFacts = z.infer<typeof gatewayFactsSchema>;

/** Every problem of the control plane's certificates and clocks, the most fundamental first. */
const CONTROL_PLANE_CODES = [
  'gateway-ca-expired',
  'gateway-certificate-expired',
  'gateway-ca-not-yet-valid',
  'gateway-certificate-not-yet-valid',
  'gateway-certificate-unverified',
  'gateway-ca-changed',
  'gateway-ca-unreadable',
  'gateway-certificate-unreadable',
  'gateway-ca-expiring',
  'gateway-certificate-expiring',
  'api-server-clock-jumped',
  'api-server-clocks-differ',
  'heartbeat-clock-differs',
  'ca-secrets-not-checked',
] as const;

/** A problem of the control plane that concerns all planes, at one moment. */
export const controlPlaneFindingSchema = z.object({
  code: z.enum(CONTROL_PLANE_CODES),
  severity: z.enum(['error', 'warning']),
  /** A short claim: `Gateway CA expired`. */
  title: z.string(),
  /** The fact. */
  message: z.string(),
  /** What it means for agents. */
  consequence: z.string(),
  /** Since when, if that is known; RFC 3339. */
  since: z.string().optional(),
  /** What to do, with the command that checks it. An unknown context is a placeholder. */
  remedy: z.object({
    text: z.string(),
    command: z.string(),
    /** A page of Planeboard that helps with it. */
    page: z.object({ href: z.string(), label: z.string() }).optional(),
    /** A step that takes the cause back, if it was a mistake, and interrupts nothing. */
    undo: z.string().optional(),
    /** A further step that interrupts every plane, with what it does; absent if none is needed. */
    lastStep: z.string().optional(),
  }),
});
export type ControlPlaneFinding = z.infer<typeof controlPlaneFindingSchema>;
export type ControlPlaneCode = ControlPlaneFinding['code'];

/** The planes whose CA isn't checked because Planeboard's account may not read its Secret. */
const uncheckedCasSchema = z.object({ planes: z.number() });
export type UncheckedCas = z.infer<typeof uncheckedCasSchema>;

/** The control plane as far as it concerns all planes: facts, and the findings derived from them. */
export const controlPlaneSchema = z.object({
  /** Absent until the first reading. */
  gateway: gatewayFactsSchema.optional(),
  /** Absent unless the API server's responses show two clocks. */
  clock: clockFactsSchema.optional(),
  /** What proves that the controller manager runs. Absent while no plane's health depends on it. */
  controller: controllerFactsSchema.optional(),
  /** Absent if there are none, and without sign-in. Counts the planes that the reader sees. */
  uncheckedCas: uncheckedCasSchema.optional(),
  /** Worst first. */
  findings: z.array(controlPlaneFindingSchema),
});
export type ControlPlane = z.infer<typeof controlPlaneSchema>;
