import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { PLANE_KINDS, ROLES } from '@/lib/plane/model/kinds';
import { isLabelKey } from '@/lib/plane/model/names';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { formatCount } from '@/lib/plane/model/text';
import type { WallLimitLists } from './wall-address';
import { MAX_PAGE_SECONDS, MIN_PAGE_SECONDS } from './wall-choices';
import type { WallForm } from './wall-form';

/** As many namespaces as a link can be limited to. */
export const MAX_WALL_NAMESPACES = 100;

const MAX_LIMIT_PROBLEMS = 50;

/** What is wrong with the fields of the form, a sentence each. */
export type WallFormProblems = {
  readonly [Field in 'roles' | 'kinds' | 'namespaces' | 'health' | 'label' | 'theme' | 'seconds']?: string;
};

/** Everything that is wrong with a form; empty: nothing is. */
export function wallFormProblems(form: WallForm): WallFormProblems {
  const found = {
    roles: unknownValue(form.roles, ROLES, 'role of planes'),
    kinds: unknownValue(
      form.kinds,
      PLANE_KINDS.map(({ kind }) => kind),
      'kind of planes',
    ),
    health: unknownValue(form.health, HEALTH_STATES, 'state of planes'),
    namespaces: namespacesProblem(form.namespaces),
    label: form.grouping === 'label' ? labelProblem(form.label) : undefined,
    theme: themeProblem(form),
    seconds: secondsProblem(form.seconds),
  };
  return Object.fromEntries(Object.entries(found).filter(([, sentence]) => sentence !== undefined));
}

/** What is wrong with the name of a namespace; undefined: nothing is. */
export function namespaceProblem(name: string): string | undefined {
  if (name === '') return 'Type the name of a namespace.';
  if (isKubernetesName(name) && name.length <= 63 && !name.includes('.')) return undefined;
  return `No namespace can be called “${name}”: small letters, digits and hyphens make its name, 63 at most.`;
}

function namespacesProblem(names: readonly string[]): string | undefined {
  if (names.length > MAX_WALL_NAMESPACES)
    return `A wall can be limited to ${MAX_WALL_NAMESPACES} namespaces; these are ${names.length}.`;
  return names.map(namespaceProblem).find((sentence) => sentence !== undefined);
}

function unknownValue(values: readonly string[], known: readonly string[], what: string): string | undefined {
  const unknown = values.find((value) => !known.includes(value));
  return unknown === undefined
    ? undefined
    : `There is no ${what} called “${unknown}”: nothing would be shown.`;
}

function labelProblem(key: string): string | undefined {
  if (key === '') return "Type the label's key.";
  return isLabelKey(key) ? undefined : `No label can have the key “${key}”.`;
}

function themeProblem({ theme }: WallForm): string | undefined {
  if (theme.name !== 'auto') return undefined;
  const { fromHour, toHour } = theme;
  const isEmpty = fromHour === toHour || (fromHour === 24 && toHour === 0);
  return isEmpty ? 'Day begins and ends at the same hour: the wall would always be dark.' : undefined;
}

function secondsProblem(text: string): string | undefined {
  const seconds = Number(text);
  const isRight = /^\d+$/.test(text) && seconds >= MIN_PAGE_SECONDS && seconds <= MAX_PAGE_SECONDS;
  if (isRight) return undefined;
  return `Type a whole number of seconds, from ${MIN_PAGE_SECONDS} to ${formatCount(MAX_PAGE_SECONDS)}.`;
}

/** What is wrong with the limits of a new link, with the path of each value: a limit that names nothing would hide everything. */
export function wallLimitProblems({
  kinds,
  roles,
  namespaces,
}: WallLimitLists): { path: (string | number)[]; message: string }[] {
  const knownKinds: ReadonlySet<string> = new Set(PLANE_KINDS.map(({ kind }) => kind));
  const knownRoles: ReadonlySet<string> = new Set(ROLES);
  const at = (list: string, index: number, message: string) => ({ path: ['limits', list, index], message });
  return [
    ...kinds.flatMap((kind, index) =>
      knownKinds.has(kind) ? [] : [at('kinds', index, 'This is no plane kind.')],
    ),
    ...roles.flatMap((role, index) =>
      knownRoles.has(role) ? [] : [at('roles', index, 'This is no role of planes.')],
    ),
    ...namespaces.flatMap((namespace, index) =>
      isKubernetesName(namespace) ? [] : [at('namespaces', index, 'No namespace can have this name.')],
    ),
    ...(namespaces.length > MAX_WALL_NAMESPACES
      ? [
          {
            path: ['limits', 'namespaces'],
            message: `A wall can be limited to ${MAX_WALL_NAMESPACES} namespaces.`,
          },
        ]
      : []),
  ].slice(0, MAX_LIMIT_PROBLEMS);
}
