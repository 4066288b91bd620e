import 'server-only';
import { maySign, type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import { nothingReadable, unreadableSentence } from '@/lib/plane/certificates/unreadable-block';
import { usageObstacle } from '@/lib/plane/credentials/certificate-usage';
import { decodedPem } from '@/lib/plane/credentials/correct-material';
import type { CertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { parsedCa, type ReadBundled } from '@/lib/plane/health/ca-bundle';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import { MASK, STORED_MASK_PROBLEM } from '@/lib/plane/masking/mask';
import { certificateUsage } from './certificate-detail';
import {
  type KnownCertificate,
  knownCertificate,
  MAX_MATERIAL_CHARACTERS,
  shownName,
} from './known-certificate';

/** A CA as it was read: its public facts, and what its certificates are compared by. */
export interface CaReading {
  readonly fact: CertificateFact;
  readonly certificates: readonly KnownCertificate[];
}

/** Returns the public facts of the CA that verifies an agent; see `readCa`. */
export function certificateFact(material: string): CertificateFact {
  return readCa(material, 'agent-ca').fact;
}

/**
 * Returns the public facts of a CA, read as the gateway reads it. All certificates of a bundle count, because any of
 * them may verify the agent. The answer contains nothing of the material itself.
 */
export function readCa(material: string, purpose: 'agent-ca' | 'server-ca'): CaReading {
  if (material.length > MAX_MATERIAL_CHARACTERS) return unparsable("it's larger than 256 KB.");
  if (material.trim() === MASK) return unparsable(STORED_MASK_PROBLEM);
  const { certificates, unreadable, count } = readBundle(material);
  const ca = parsedCa(
    certificates.map((one) => bundledFacts(one, purpose)),
    unreadable.map((block) => unreadableSentence(block, count)),
  );
  if (ca === null) {
    const isEncoded = count === 0 && decodedPem(material) !== null;
    return unparsable(isEncoded ? ENCODED : nothingReadable(unreadable, count));
  }
  return { fact: ca, certificates: certificates.map(knownCertificate) };
}

const ENCODED = "it's base64 of PEM, which the gateway doesn't decode. Store the PEM text itself.";

function bundledFacts({ parsed }: ReadCertificate, purpose: CertificatePurpose): ReadBundled {
  return {
    notBefore: new Date(parsed.notBeforeMs).toISOString(),
    notAfter: new Date(parsed.notAfterMs).toISOString(),
    subject: shownName(parsed.subject),
    // The charts' default: the agent's own self-signed certificate, registered as its CA although it isn't one.
    selfSignedLeaf: parsed.selfIssued && !maySign(parsed),
    obstacle: usageObstacle(purpose, certificateUsage(parsed)),
  };
}

function unparsable(problem: string): CaReading {
  return { fact: { state: 'unparsable', problem }, certificates: [] };
}
