import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { Sample } from './sample';

const AUTHORITY_DAYS = 3650;
/** The default of cert-manager, which the charts also request. */
const AGENT_CERTIFICATE_DAYS = 90;

/** Certificates of one CA: what a plane registers, and what its agents present. No key is stored. */
export interface AgentMaterial {
  readonly caPem: string;
  readonly agentCertPem: string;
}

/** Which parts of the fleet exist, stored across restarts: agents need the certificates that their planes trust. */
export class FleetState {
  private constructor(
    private readonly file: string,
    private readonly state: {
      readonly materials: Record<string, AgentMaterial>;
      readonly created: string[];
      generated: number;
    },
  ) {}

  static async open(folder: string): Promise<FleetState> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'fleet.json');
    const saved = await readFile(file, 'utf8').catch(() => undefined);
    return new FleetState(
      file,
      saved === undefined ? { materials: {}, created: [], generated: 0 } : JSON.parse(saved),
    );
  }

  /** Whether a sample was created before. If a user has deleted it since, it isn't created again. */
  wasCreated(id: string): boolean {
    return this.state.created.includes(id);
  }

  markCreated(id: string): void {
    this.state.created.push(id);
  }

  /** The number of planes that were created beside the samples. */
  get generated(): number {
    return this.state.generated;
  }

  set generated(count: number) {
    this.state.generated = count;
  }

  /** Returns the certificates with an id, and creates them on the first call. */
  async material(id: string, create: () => Promise<AgentMaterial>): Promise<AgentMaterial> {
    const known = this.state.materials[id];
    if (known) return known;
    const created = await create();
    this.state.materials[id] = created;
    return created;
  }

  async save(): Promise<void> {
    await writeFile(`${this.file}.new`, JSON.stringify(this.state), { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
  }
}

/** Returns certificates for a sample: those that its plane trusts, or with `foreign` ones that it doesn't. */
export function materialOf(state: FleetState, sample: Sample, foreign = false): Promise<AgentMaterial> {
  const id = `${sample.caOf ?? sample.id}${foreign ? '-foreign' : ''}`;
  const validity = { fromDays: -(sample.certificateAgeDays ?? 0), days: AGENT_CERTIFICATE_DAYS };
  return state.material(id, async () => {
    if (sample.ca?.startsWith('authority')) return issuedMaterial(`${id}-agent-ca`, validity);
    const { certPem } = await selfSignedAgent(`${sample.name}-agent`.slice(-64), validity);
    return { caPem: certPem, agentCertPem: certPem };
  });
}

/** Creates an authority, and an agent's certificate that it issues. */
export async function issuedMaterial(
  authorityName: string,
  validity: { fromDays?: number; days: number } = { days: AGENT_CERTIFICATE_DAYS },
): Promise<AgentMaterial> {
  const authority = await CertificateAuthority.create(authorityName, { days: AUTHORITY_DAYS });
  const { certPem } = await authority.client('cluster-agent', [], validity);
  return { caPem: authority.certPem, agentCertPem: certPem };
}
