import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { PLANE_KINDS, ROLES } from '@/lib/plane/model/kinds';
import { labelProblems } from '@/lib/plane/model/label-problems';
import { isLabelKey } from '@/lib/plane/model/names';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { formatCount } from '@/lib/plane/model/text';
import type { WallLimitLists } from './wall-address';
import { filterParameters, type WallAddress, wallThemeText } from './wall-address';
import {
  DEFAULT_PAGE_SECONDS,
  MAX_PAGE_SECONDS,
  MAX_TITLE,
  MIN_PAGE_SECONDS,
  parseWallTheme,
  type WallTheme,
} from './wall-choices';
import { parseWallFilter, type WallFilter, type WallGroup } from './wall-filter';

/** The choices for grouping. The label's key is a field of its own. */
const GROUPINGS = ['none', 'role', 'namespace', 'label'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A wall being set up, with values as they were typed, valid or not. */
export interface WallForm extends WallFilter {
  readonly grouping: Grouping;
  readonly label: string;
  readonly title: string;
  readonly theme: WallTheme;
  readonly seconds: string;
}

/**
 * Reads the form from a URL. Unlike the wall, it keeps invalid values, so the person who follows the link sees what's
 * wrong.
 */
export function parseWallForm(parameters: URLSearchParams): WallForm {
  const group = parameters.get('group') ?? '';
  const isLabel = group.startsWith('label:');
  return {
    ...parseWallFilter(parameters),
    grouping: isLabel ? 'label' : (GROUPINGS.find((grouping) => grouping === group) ?? 'none'),
    label: isLabel ? group.slice('label:'.length) : '',
    title: (parameters.get('title') ?? '').slice(0, MAX_TITLE),
    theme: parseWallTheme(parameters.get('theme') ?? ''),
    seconds: parameters.get('seconds') ?? String(DEFAULT_PAGE_SECONDS),
  };
}

/** Returns the parameters that `parseWallForm` reads back. For a valid form, they are those of the wall's URL. */
export function wallFormParameters(form: WallForm): URLSearchParams {
  const parameters = filterParameters(form);
  if (form.grouping !== 'none')
    parameters.set('group', form.grouping === 'label' ? `label:${form.label}` : form.grouping);
  if (form.title !== '') parameters.set('title', form.title);
  if (form.theme.name !== 'system') parameters.set('theme', wallThemeText(form.theme));
  if (form.seconds !== String(DEFAULT_PAGE_SECONDS)) parameters.set('seconds', form.seconds);
  return parameters;
}

/** Returns a form's address and its problems. An invalid field falls back to the wall's default. */
export function readWallForm(form: WallForm): {
  readonly address: WallAddress;
  readonly problems: WallFormProblems;
} {
  const problems = wallFormProblems(form);
  const title = form.title.trim();
  const { roles, kinds, namespaces, labels, health } = form;
  return {
    address: {
      filter: { roles, kinds, namespaces, labels, health },
      group: groupOf(form),
      choices: {
        title: title === '' ? null : title,
        theme: form.theme,
        pageSeconds: problems.seconds === undefined ? Number(form.seconds) : DEFAULT_PAGE_SECONDS,
      },
    },
    problems,
  };
}

function groupOf({ grouping, label }: WallForm): WallGroup | null {
  if (grouping === 'none') return null;
  if (grouping !== 'label') return grouping;
  return label === '' ? null : `label:${label}`;
}

/** The number of namespaces that a link can be limited to. */
const MAX_WALL_NAMESPACES = 100;

const MAX_LIMIT_PROBLEMS = 50;

/** The problems of the form's fields, a sentence each. */
export type WallFormProblems = {
  readonly [Field in
    | 'roles'
    | 'kinds'
    | 'namespaces'
    | 'labels'
    | 'health'
    | 'label'
    | 'theme'
    | 'seconds']?: string;
};

/** Returns all problems of a form; empty if there are none. */
function wallFormProblems(form: WallForm): WallFormProblems {
  const found = {
    roles: unknownValue(form.roles, ROLES, 'plane role'),
    kinds: unknownValue(
      form.kinds,
      PLANE_KINDS.map(({ kind }) => kind),
      'plane kind',
    ),
    health: unknownValue(form.health, HEALTH_STATES, 'plane state'),
    namespaces: namespacesProblem(form.namespaces),
    labels: labelsProblem(form.labels),
    label: form.grouping === 'label' ? labelProblem(form.label) : undefined,
    theme: themeProblem(form),
    seconds: secondsProblem(form.seconds),
  };
  return Object.fromEntries(Object.entries(found).filter(([, sentence]) => sentence !== undefined));
}

/** Returns the problem with the name of a namespace, or undefined. */
export function namespaceProblem(name: string): string | undefined {
  if (name === '') return 'Enter a namespace.';
  if (isKubernetesName(name) && name.length <= 63 && !name.includes('.')) return undefined;
  return `"${name}" isn't a valid namespace. Use at most 63 lowercase letters, digits and dashes.`;
}

function namespacesProblem(names: readonly string[]): string | undefined {
  if (names.length > MAX_WALL_NAMESPACES)
    return `A wall can be limited to at most ${MAX_WALL_NAMESPACES} namespaces. You selected ${names.length}.`;
  return names.map(namespaceProblem).find((sentence) => sentence !== undefined);
}

/** The number of labels that a wall can be narrowed to. */
const MAX_WALL_LABELS = 20;

/** Returns the problem with a label to narrow a wall to, `key=value` or `key`, or undefined. */
export function wallLabelProblem(text: string): string | undefined {
  if (text === '') return 'Enter a label, such as env=prod.';
  const at = text.indexOf('=');
  const [key, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  const [problem] = labelProblems({ [key]: value }).filter(({ severity }) => severity === 'error');
  return problem === undefined ? undefined : `"${text}" isn't a valid label. ${problem.message}`;
}

function labelsProblem(labels: readonly string[]): string | undefined {
  if (labels.length > MAX_WALL_LABELS) return `Use at most ${MAX_WALL_LABELS} labels.`;
  return labels.map(wallLabelProblem).find((sentence) => sentence !== undefined);
}

function unknownValue(values: readonly string[], known: readonly string[], what: string): string | undefined {
  const unknown = values.find((value) => !known.includes(value));
  return unknown === undefined ? undefined : `"${unknown}" isn't a ${what}, so no plane matches it.`;
}

function labelProblem(key: string): string | undefined {
  if (key === '') return 'Enter a label key.';
  return isLabelKey(key) ? undefined : `"${key}" isn't a valid label key.`;
}

function themeProblem({ theme }: WallForm): string | undefined {
  if (theme.name !== 'auto') return undefined;
  const { fromHour, toHour } = theme;
  const isEmpty = fromHour === toHour || (fromHour === 24 && toHour === 0);
  return isEmpty ? 'Choose different hours. Otherwise, the wall is always dark.' : undefined;
}

function secondsProblem(text: string): string | undefined {
  const seconds = Number(text);
  const isRight = /^\d+$/.test(text) && seconds >= MIN_PAGE_SECONDS && seconds <= MAX_PAGE_SECONDS;
  if (isRight) return undefined;
  return `Enter a whole number from ${MIN_PAGE_SECONDS} to ${formatCount(MAX_PAGE_SECONDS)}.`;
}

/**
 * Returns the problems with a new link's limits, with the path of each value. A limit with an unknown value would
 * hide everything.
 */
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
      knownKinds.has(kind) ? [] : [at('kinds', index, 'Unknown plane kind.')],
    ),
    ...roles.flatMap((role, index) =>
      knownRoles.has(role) ? [] : [at('roles', index, 'Unknown plane role.')],
    ),
    ...namespaces.flatMap((namespace, index) =>
      isKubernetesName(namespace) ? [] : [at('namespaces', index, 'Invalid namespace.')],
    ),
    ...(namespaces.length > MAX_WALL_NAMESPACES
      ? [
          {
            path: ['limits', 'namespaces'],
            message: `A wall can be limited to at most ${MAX_WALL_NAMESPACES} namespaces.`,
          },
        ]
      : []),
  ].slice(0, MAX_LIMIT_PROBLEMS);
}
