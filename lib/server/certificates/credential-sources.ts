import 'server-only';
import { createHash } from 'node:crypto';
import type { UsedCredential } from '@/lib/plane/credentials/used-credentials';
import type { ClientCaSource } from '@/lib/plane/model/client-ca';

/** Where a plane's credentials are stored. Contains the material that the plane holds itself. */
export interface CredentialSources {
  /** The CA that verifies the plane's agent; null: it has none to check. */
  readonly agentCa: ClientCaSource | null;
  /** Whatever else the control plane uses for the plane. */
  readonly credentials: readonly UsedCredential[];
}

/** Returns whether any of the credentials is in a Secret. */
export function hasSecrets({ agentCa, credentials }: CredentialSources): boolean {
  if (agentCa && 'secret' in agentCa) return true;
  return credentials.some(({ place }) => place.at === 'secret' || place.at === 'whole-secret');
}

/** Returns the sources with inline material replaced by its digest, which is enough to compare two texts. */
export function withoutMaterial({ agentCa, credentials }: CredentialSources): CredentialSources {
  return {
    agentCa: agentCa && 'inline' in agentCa ? { inline: digest(agentCa.inline) } : agentCa,
    credentials: credentials.map((credential) => {
      const { place } = credential;
      return place.at === 'inline'
        ? { ...credential, place: { at: 'inline', text: digest(place.text) } }
        : credential;
    }),
  };
}

/** Returns a text that differs when the sources or their inline material do. */
export function sourcesMark(sources: CredentialSources): string {
  return JSON.stringify(withoutMaterial(sources));
}

function digest(material: string): string {
  return createHash('sha256').update(material).digest('base64');
}
