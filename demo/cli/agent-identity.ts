import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { z } from '@/lib/zod';
import type { AgentArguments } from './agent-arguments';

const AUTHORITY_DAYS = 3650;

const pairSchema = z.object({ certPem: z.string(), keyPem: z.string() });
const identitySchema = z.object({ agent: pairSchema, authority: pairSchema.nullable() });

/** An agent's certificate and key, and the CA that its plane has to register. */
export interface AgentIdentity {
  readonly certPem: string;
  readonly keyPem: string;
  readonly caPem: string;
}

/**
 * Returns the identity of a plane's agent. It is saved in a folder and reused, so a registered CA stays valid after a
 * restart. `--renew` or an expired certificate creates a new certificate, which keeps the CA if there is an authority
 * and the key otherwise.
 */
export async function agentIdentity(folder: string, args: AgentArguments): Promise<AgentIdentity> {
  const { entry, planeID, withAuthority, days, renew } = args;
  const file = join(folder, `${entry.planeType}-${planeID}${withAuthority ? '-ca' : ''}.json`);
  const text = await readFile(file, 'utf8').catch(() => null);
  const saved = text === null ? null : identitySchema.parse(JSON.parse(text));
  if (saved && !renew && Date.parse(new X509Certificate(saved.agent.certPem).validTo) > Date.now()) {
    return identityOf(saved);
  }
  const validity = { days };
  let created: z.infer<typeof identitySchema>;
  if (withAuthority) {
    const authority = saved?.authority
      ? await CertificateAuthority.load(saved.authority)
      : await CertificateAuthority.create(`${planeID}-agent-ca`, { days: AUTHORITY_DAYS });
    created = { agent: await authority.client('cluster-agent', [], validity), authority: authority.pem };
  } else {
    created = {
      agent: await selfSignedAgent('cluster-agent', validity, saved?.agent.keyPem),
      authority: null,
    };
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(created), { mode: 0o600 });
  return identityOf(created);
}

function identityOf({ agent, authority }: z.infer<typeof identitySchema>): AgentIdentity {
  return { ...agent, caPem: authority?.certPem ?? agent.certPem };
}
