'use client';

import { useQuery } from '@tanstack/react-query';
import type { RegistrationSecrets } from '@/lib/api/registration-options';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { nextFreeName } from '@/lib/plane/registration/proposed-names';
import { secretsQuery } from './secrets-query';

/** A Secret that is there already under the name that a new one was to have. */
export interface TakenSecret {
  /** Whose it is; null: not known, or not yet. */
  readonly owner: NonNullable<RegistrationSecrets['secrets'][number]['owner']> | null;
  /** A name that is free, as far as the caller may list the Secrets. */
  readonly freeName: string;
}

/**
 * Whether a Secret that is to be new is there already; null: it is not, or cannot be told, or this very registration has
 * written it.
 *
 * @param registration the draft's id
 * @param certain that it is there is known already, so not being allowed to list is no reason to be silent
 */
export function useTakenSecret(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  registration: string | undefined,
  certain = false,
): TakenSecret | null {
  const canAsk = registration !== undefined && isKubernetesName(namespace) && isKubernetesName(name);
  const names = useQuery({ ...secretsQuery(namespace, null), enabled: canAsk });
  const listed = names.data?.secrets.map((secret) => secret.name) ?? [];
  const isThere = certain || listed.includes(name);
  const one = useQuery({ ...secretsQuery(namespace, name), enabled: canAsk && isThere });
  // Before it is known whose it is, it may be the draft's own.
  if (!canAsk || !isThere || (one.isPending && !certain)) return null;
  const owner = one.data?.secrets.find((secret) => secret.name === name)?.owner ?? null;
  if (owner?.registration === registration) return null;
  return { owner, freeName: nextFreeName(name, listed) };
}
