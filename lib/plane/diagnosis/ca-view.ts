import { nothingReadable, unreadableSentence } from '@/lib/plane/certificates/unreadable-block';
import { usageObstacle } from '@/lib/plane/credentials/certificate-usage';
import { parsedCa } from '@/lib/plane/health/ca-bundle';
import { agentCaFindings } from '@/lib/plane/health/certificate-rules';
import type { HealthReason } from '@/lib/plane/health/health';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import { Clock } from '@/lib/plane/health/health-finding';
import { lowerFirst } from '@/lib/plane/model/text';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * What is known of a plane's CA. Planeboard's own account reads it first; if it can't, the caller's view applies.
 */
export interface CaView {
  readonly fact: CertificateFact;
  /** Health's reasons about the CA, or the reasons it would have if it knew what the caller may read. */
  readonly reasons: readonly HealthReason[];
  readonly readBy: 'planeboard' | 'caller';
}

/** Returns the plane's CA and its problems as health describes them. */
export function caView(input: DiagnosisInput): CaView {
  const { row, related, limits, nowMs } = input;
  const own = row.plane.facts.certificate;
  const isOwn = own.state !== 'not-checked' || related === null;
  const fact = isOwn ? own : factOf(related.value.ca);
  const reasons = [...agentCaFindings(fact, limits, new Clock(nowMs))].map(({ reason }) => reason);
  return { fact, reasons, readBy: isOwn ? 'planeboard' : 'caller' };
}

/** Converts the caller's view into the fact that health is judged by. */
function factOf({ source, certificates, findings, unreadable = [] }: AgentCa): CertificateFact {
  if (source.from === 'none') return { state: 'not-checked' };
  if (source.from === 'absent') return { state: 'absent' };
  if (source.from === 'secret') {
    const secret = `${source.namespace}/${source.name}`;
    if (source.state === 'missing') return { state: 'secret-missing', secret };
    if (source.state === 'key-missing') return { state: 'key-missing', secret, key: source.key };
    if (source.state !== 'read') return { state: 'not-checked' };
  }
  const count = certificates.length + unreadable.length;
  const ca = parsedCa(
    certificates.map((one) => ({
      ...one,
      selfSignedLeaf: one.selfSigned && !one.isCa,
      obstacle: usageObstacle('agent-ca', one),
    })),
    unreadable.map((block) => unreadableSentence(block, count)),
  );
  if (ca === null) {
    const problem =
      unreadable.length > 0
        ? nothingReadable(unreadable, count)
        : lowerFirst(findings[0]?.message ?? 'no certificate found.');
    return { state: 'unparsable', problem };
  }
  return ca;
}
