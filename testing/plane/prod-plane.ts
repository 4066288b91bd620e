import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { JsonObject } from '@/lib/plane/json/json';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { installedKind } from './installed-kinds';

/** A plane to register, in the fields of the API. */
export interface WantedPlane {
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** With its credentials: as `value`, as a reference, or as the text where the field is a plain one. */
  readonly spec: JsonObject;
  /**
   * By the slot's id, the text of a Secret that the registration creates; the spec has the reference. All other
   * references are to Secrets of others.
   */
  readonly newSecrets?: Readonly<Record<string, string>>;
}

/** A data plane of today's release with an agent: what most tests of the wizard register. */
export const DATA_PLANE = installedKind('1.2', 'DataPlane');
/** The organisation that it belongs to. */
export const NAMESPACE = 'acme';
export const NAME = 'prod-eu';
/** The Secret that the wizard proposes for the CA of its agent. */
export const SECRET_NAME = `${NAME}-agent-ca`;
export const DATA_PLANES = `/apis/${PLANE_API_VERSION}/namespaces/${NAMESPACE}/dataplanes`;
export const SECRETS = `/api/v1/namespaces/${NAMESPACE}/secrets`;

const CA_DAYS = 400;

/** A CA for agents that nothing warns of, as PEM. */
export async function agentCaPem(): Promise<string> {
  return (await CertificateAuthority.create('company agents', { days: CA_DAYS })).certPem.trim();
}

/** That plane, its CA in the new Secret that the wizard proposes. */
export function prodPlane(caPem: string): WantedPlane {
  return {
    namespace: NAMESPACE,
    name: NAME,
    spec: { clusterAgent: { clientCA: { secretKeyRef: {} } } },
    newSecrets: { 'clusterAgent.clientCA': caPem },
  };
}
