import 'server-only';
import type { RightsAnswer, RightsRule } from '@/lib/api/session';
import { invalidField } from '@/lib/server/http/problem';
import type { Caller } from './caller';
import { reviewRules } from './rules-review';

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Returns what a caller may do in a namespace, including what holds cluster-wide, as the API server lists it. Equal rules
 * of several roles appear once.
 *
 * @throws ProblemError `invalid-field` for a text that can't be a namespace's name; KubeError
 */
export async function ownRules({ client }: Caller, namespace: string): Promise<RightsAnswer> {
  if (!NAMESPACE.test(namespace)) throw invalidField(['namespace'], "This isn't a valid namespace name.");
  const { rules, isIncomplete } = await reviewRules(client, namespace);
  const shown = rules.map(
    ({ verbs, apiGroups, resources, resourceNames }): RightsRule => ({
      verbs,
      groups: apiGroups,
      resources,
      names: resourceNames,
    }),
  );
  const distinct = new Map(shown.map((rule) => [JSON.stringify(rule), rule]));
  return { namespace, rules: [...distinct.values()], incomplete: isIncomplete };
}
