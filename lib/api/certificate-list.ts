import { z } from '@/lib/zod';

const storedCertificateSchema = z.object({
  /** SHA-256, in upper-case hex with colons. */
  fingerprint: z.string(),
  subject: z.string(),
  /** Who issued it; null: it issued itself. */
  issuer: z.string().nullable(),
  /** Whether it may issue other certificates. */
  isCa: z.boolean(),
  /** This and the next field: RFC 3339. */
  notBefore: z.string(),
  notAfter: z.string(),
});
export type StoredCertificate = z.infer<typeof storedCertificateSchema>;

const certificatePlaceSchema = z.object({
  /** The plane's uid. */
  uid: z.string(),
  /** The credential's place in the spec, such as `kubernetesCluster.tls.ca`; `agent-ca`: the CA of the plane's agent. */
  slot: z.string(),
  /** The Secret that holds it; null: the plane itself. */
  secret: z.object({ namespace: z.string(), name: z.string(), key: z.string() }).nullable(),
  /** The fingerprints of its certificates, in their order; empty if none could be read. */
  fingerprints: z.array(z.string()),
});
export type CertificatePlace = z.infer<typeof certificatePlaceSchema>;

/** `GET /api/certificates`: the certificates that the visible planes depend on, each once, and where they are stored. */
export const certificateListSchema = z.object({
  certificates: z.array(storedCertificateSchema),
  places: z.array(certificatePlaceSchema),
});
export type CertificateList = z.infer<typeof certificateListSchema>;
