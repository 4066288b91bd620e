import { X509Certificate } from 'node:crypto';
import { maySign, type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';

const CLIENT_AUTH_OID = '1.3.6.1.5.5.7.3.2';

/** Whether a plane's CA accepts an agent's certificate, and if not, why. */
export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

interface TrustedCertificate {
  readonly certificate: X509Certificate;
  readonly mayIssue: boolean;
}

/** The CA of one plane: a PEM bundle of one or more certificates. */
export class ClientCa {
  private readonly chains = new Map<string, X509Certificate | null>();

  private constructor(private readonly trusted: readonly TrustedCertificate[]) {}

  /** Reads the text as the real gateway does, which skips what it can't read. Null if that leaves no certificate. */
  static parse(pem: string): ClientCa | null {
    const trusted = readBundle(pem).certificates.flatMap((one) => trustedCertificate(one) ?? []);
    return trusted.length === 0 ? null : new ClientCa(trusted);
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
      this.trusted.find(
        ({ certificate, mayIssue }) =>
          certificate.fingerprint256 === agent.fingerprint256 ||
          (mayIssue && agent.checkIssued(certificate) && agent.verify(certificate.publicKey)),
      )?.certificate ?? null;
    this.chains.set(agent.fingerprint256, issuer);
    return issuer;
  }
}

function trustedCertificate(one: ReadCertificate): TrustedCertificate | null {
  try {
    return { certificate: new X509Certificate(one.der), mayIssue: maySign(one.parsed) };
  } catch {
    // OpenSSL reads less than the gateway, but no certificate that an agent of the demo presents.
    return null;
  }
}

function rejected(reason: string): Verdict {
  return { accepted: false, reason };
}
