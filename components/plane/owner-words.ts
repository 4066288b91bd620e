import type { Owner } from '@/lib/plane/diagnosis/circumstances';

const TOOLS: Record<Owner['tool'], string> = { argocd: 'Argo CD', flux: 'Flux', helm: 'Helm' };

/** Who keeps a plane as its source says: `Argo CD (shop-planes)`. */
export function ownerWords({ tool, name }: Owner): string {
  return `${TOOLS[tool]}${name === undefined ? '' : ` (${name})`}`;
}
