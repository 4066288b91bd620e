import { type Referrer, referrerSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';

/** Worst first. `stop`: the write won't complete or won't last. `harm`: something breaks or is lost. `note`: information. */
export const WEIGHTS = ['stop', 'harm', 'note'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** What a write of a plane does to others and itself, before it is written. */
export interface Consequence<Code extends string = string> {
  readonly code: Code;
  readonly weight: Weight;
  /** One or more sentences. */
  readonly text: string;
  /** The objects it affects, each a link if it has a page. */
  readonly objects: readonly Referrer[];
}

/** A consequence as sent to the browser. */
export const consequenceSchema = z.object({
  code: z.string(),
  weight: z.enum(WEIGHTS),
  text: z.string(),
  objects: z.array(referrerSchema),
});

export function consequence<Code extends string>(
  code: Code,
  weight: Weight,
  text: string,
  objects: readonly Referrer[] = [],
): Consequence<Code> {
  return { code, weight, text, objects };
}

/** Returns the consequences worst first, otherwise in their order. */
export function worstFirst<Code extends string>(
  found: readonly (Consequence<Code> | null)[],
): Consequence<Code>[] {
  const known = found.filter((item) => item !== null);
  return WEIGHTS.flatMap((weight) => known.filter((item) => item.weight === weight));
}

/** Returns whether a person must confirm the write. */
export function needsConfirmation(consequences: readonly Pick<Consequence, 'weight'>[]): boolean {
  return consequences.some(({ weight }) => weight !== 'note');
}
