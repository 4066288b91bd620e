import { X509Certificate } from 'node:crypto';

const CLIENT_AUTH_OID = '1.3.6.1.5.5.7.3.2';
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Whether a plane's CA accepts an agent's certificate, and if not, why. */
export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** The CA of one plane: a PEM bundle of one or more certificates. */
export class ClientCa {
  private readonly chains = new Map<string, X509Certificate | null>();

  private constructor(private readonly certificates: readonly X509Certificate[]) {}

  /** Returns null if the text contains no certificate or an unreadable one. */
  static parse(pem: string): ClientCa | null {
    const blocks = pem.match(PEM_BLOCK);
    if (!blocks) return null;
    try {
      return new ClientCa(blocks.map((block) => new X509Certificate(block)));
    } catch {
      return null;
    }
  }

  /**
   * Verifies an agent's certificate for client authentication. It must be in the bundle (a self-signed leaf is
   * registered as its own CA) or issued by a certificate of the bundle, and both must be valid. Names aren't checked.
   */
  verify(agent: X509Certificate, nowMs: number): Verdict {
    const issuer = this.issuerOf(agent);
    if (!issuer) return rejected("the plane's CA doesn't verify the agent's certificate");
    const uses = agent.keyUsage;
    if (uses !== undefined && uses.length > 0 && !uses.includes(CLIENT_AUTH_OID)) {
      return rejected("the agent's certificate isn't for client authentication");
    }
    for (const certificate of [agent, issuer]) {
      if (Date.parse(certificate.validTo) < nowMs)
        return rejected("the agent's certificate or the CA has expired");
      if (Date.parse(certificate.validFrom) > nowMs)
        return rejected("the agent's certificate or the CA isn't valid yet");
    }
    return { accepted: true };
  }

  /** Finds the issuer of a certificate in the bundle. The result is cached, because verifying signatures is slow. */
  private issuerOf(agent: X509Certificate): X509Certificate | null {
    const known = this.chains.get(agent.fingerprint256);
    if (known !== undefined) return known;
    const issuer =
      this.certificates.find(
        (ca) =>
          ca.fingerprint256 === agent.fingerprint256 ||
          (ca.ca && agent.checkIssued(ca) && agent.verify(ca.publicKey)),
      ) ?? null;
    this.chains.set(agent.fingerprint256, issuer);
    return issuer;
  }
}

function rejected(reason: string): Verdict {
  return { accepted: false, reason };
}
