import type { ManagingTool } from '@/lib/plane/related/related-resources';

const TOOLS: Record<ManagingTool['tool'], string> = { argocd: 'Argo CD', flux: 'Flux', helm: 'Helm' };

/** Who keeps a plane as its source says: `Argo CD (shop-planes)`. */
export function managingToolText({ tool, name }: ManagingTool): string {
  return `${TOOLS[tool]}${name === undefined ? '' : ` (${name})`}`;
}

/** Who will, or may, undo a write. */
export interface Keeper {
  /** A sentence. */
  readonly words: string;
  /** Whether it keeps exactly what is written; else it keeps the plane that what is written belongs to. */
  readonly isCertain: boolean;
}

/** What is to be said of a plane's owner before a credential of the plane is written; null: nobody keeps the plane. */
export function keeperOf(owner: ManagingTool | null, isInline: boolean): Keeper | null {
  if (!owner) return null;
  const who = managingToolText(owner);
  return isInline
    ? { words: `${who} keeps this plane, and will undo what is written past its source.`, isCertain: true }
    : {
        words: `${who} keeps this plane. If it keeps this Secret too, it will undo what is written past its source.`,
        isCertain: false,
      };
}
