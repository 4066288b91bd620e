import 'server-only';
import { z } from '@/lib/zod';

/** Kubernetes' own users and groups, above all `system:masters`, which no rule can restrict. */
const RESERVED = /^system:/i;
/** A name that HTTP changes on the way, such as one with blanks around it, would arrive as another one. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** For whom Planeboard's account may act on the API server. */
export interface ImpersonationConfig {
  /** The only groups that are impersonated, as the API server knows them: with their prefix. */
  readonly groups: ReadonlySet<string>;
}

/** Returns whether Planeboard may act for a user, or as a member of a group, of this name. */
export function isImpersonable(name: string): boolean {
  return SENDABLE.test(name) && !RESERVED.test(name);
}

/** Exact names, separated by commas. */
export const impersonatedGroups = z.string().transform((value, context): ReadonlySet<string> => {
  const groups = value.split(',').map((name) => name.trim());
  if (groups.every(isImpersonable)) return new Set(groups);
  context.addIssue({
    code: 'custom',
    message: `must be names of groups, separated by commas. None may start with system:`,
  });
  return z.NEVER;
});

interface ImpersonationVariables {
  readonly PLANEBOARD_AUTH: readonly string[];
  readonly PLANEBOARD_IMPERSONATE?: boolean | undefined;
  readonly PLANEBOARD_IMPERSONATE_GROUPS?: ReadonlySet<string> | undefined;
}

/** Returns for whom Planeboard's account acts; null: for no one. */
export function impersonationConfigOf(values: ImpersonationVariables): ImpersonationConfig | null {
  if (!impersonates(values)) return null;
  return { groups: values.PLANEBOARD_IMPERSONATE_GROUPS ?? new Set() };
}

/** Returns what contradicts the impersonation, in sentences. */
export function impersonationProblems(values: ImpersonationVariables): string[] {
  const {
    PLANEBOARD_AUTH: auth,
    PLANEBOARD_IMPERSONATE: isSet,
    PLANEBOARD_IMPERSONATE_GROUPS: groups,
  } = values;
  if (isSet === false && auth.includes('proxy'))
    return [
      'PLANEBOARD_IMPERSONATE must not be false with PLANEBOARD_AUTH=proxy, which has no other way to act for people.',
    ];
  if (isSet === true && !auth.includes('proxy') && !auth.includes('oidc'))
    return [
      'PLANEBOARD_IMPERSONATE needs PLANEBOARD_AUTH=oidc or PLANEBOARD_AUTH=proxy. With a token, people act with it.',
    ];
  if (groups && !impersonates(values))
    return ['PLANEBOARD_IMPERSONATE_GROUPS needs PLANEBOARD_IMPERSONATE=true or PLANEBOARD_AUTH=proxy.'];
  return [];
}

function impersonates({
  PLANEBOARD_AUTH: auth,
  PLANEBOARD_IMPERSONATE: isSet,
}: ImpersonationVariables): boolean {
  return auth.includes('proxy') || (isSet === true && auth.includes('oidc'));
}
