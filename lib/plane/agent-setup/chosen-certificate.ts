import type { CertificateFact } from '@/lib/plane/health/health-facts';
import { caMoveState } from './ca-move';
import type { CertificateMode } from './setup-choices';

/**
 * Returns how the entered certificates differ from the certificate that the agent was to be installed with, as a
 * sentence and what to do, or null if they agree or nothing was entered.
 */
export function chosenCertificateProblem(
  chosen: CertificateMode,
  entered: readonly { readonly isCa: boolean }[],
): string | null {
  if (entered.length === 0) return null;
  const isCa = entered.every((certificate) => certificate.isCa);
  if (isCa === (chosen !== 'self-signed')) return null;
  const difference = isCa
    ? "You chose the chart's self-signed certificate above, but the certificate below is a CA."
    : "You chose a CA above, but the certificate below is the agent's own.";
  return `${difference} Check that the chart was installed with these values, then print the agent's CA again.`;
}

/**
 * Returns why the gateway would reject an agent that is installed with the chosen certificate, as sentences with what to
 * do, or null if it accepts the agent, or what is registered doesn't tell.
 */
export function registeredCertificateProblem(
  chosen: CertificateMode,
  registered: CertificateFact,
): string | null {
  switch (caMoveState(registered)) {
    case 'leaf':
      return chosen === 'self-signed'
        ? null
        : "This plane has an agent's own certificate registered, so the gateway would reject an agent that is installed with a CA. Choose the chart's self-signed certificate, or register the CA that the last command prints.";
    case 'moved':
      return chosen === 'self-signed'
        ? 'This plane has no self-signed agent certificate registered, so the gateway would reject an agent with one. Choose a CA, or register the certificate that the last command prints.'
        : null;
    default:
      return null;
  }
}
