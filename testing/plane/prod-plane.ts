import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { JsonObject } from '@/lib/plane/json/json';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { installedKind } from './installed-kinds';

/** A plane to register, in the API's fields. */
export interface WantedPlane {
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** The spec with its credentials: as `value`, as a reference, or as plain text if the field is a string. */
  readonly spec: JsonObject;
  /**
   * The texts of the Secrets that the registration creates, by slot id. The spec contains their references. All other
   * references are to existing Secrets.
   */
  readonly newSecrets?: Readonly<Record<string, string>>;
}

/** The DataPlane kind of the current release, which most tests of the wizard register. */
export const DATA_PLANE = installedKind('1.2', 'DataPlane');
/** The namespace of the registered plane. */
export const NAMESPACE = 'acme';
export const NAME = 'prod-eu';
/** The name that the wizard proposes for the Secret with the agent's CA. */
export const SECRET_NAME = `${NAME}-agent-ca`;
export const DATA_PLANES = `/apis/${PLANE_API_VERSION}/namespaces/${NAMESPACE}/dataplanes`;
export const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;

const CA_DAYS = 400;

/** Creates an agent CA without warnings, as PEM. */
export async function agentCaPem(): Promise<string> {
  return (await CertificateAuthority.create('company agents', { days: CA_DAYS })).certPem.trim();
}

/** The plane to register, with its CA in the new Secret that the wizard proposes. */
export function prodPlane(caPem: string): WantedPlane {
  return {
    namespace: NAMESPACE,
    name: NAME,
    spec: { clusterAgent: { clientCA: { secretKeyRef: {} } } },
    newSecrets: { 'clusterAgent.clientCA': caPem },
  };
}
