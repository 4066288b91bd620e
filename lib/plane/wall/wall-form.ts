import { filterParameters, type WallAddress, wallThemeText } from './wall-address';
import { DEFAULT_PAGE_SECONDS, MAX_TITLE, parseWallTheme, type WallTheme } from './wall-choices';
import { parseWallFilter, type WallFilter, type WallGroup } from './wall-filter';
import { type WallFormProblems, wallFormProblems } from './wall-form-problems';

/** What the tiles are gathered under, as it is chosen: the label's key is a field of its own. */
export const GROUPINGS = ['none', 'role', 'namespace', 'label'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A wall as somebody sets it up: what is typed stands as it was typed, right or not. */
export interface WallForm extends WallFilter {
  readonly grouping: Grouping;
  readonly label: string;
  readonly title: string;
  readonly theme: WallTheme;
  readonly seconds: string;
}

/**
 * The form of an address, of which the wall itself would take what it can read. Here a wrong value stays, so that
 * whoever follows the link sees what is wrong with it.
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

/** The parameters that `parseWallForm` reads the same form from; those of a wall's address where all is right. */
export function wallFormParameters(form: WallForm): URLSearchParams {
  const parameters = filterParameters(form);
  if (form.grouping !== 'none')
    parameters.set('group', form.grouping === 'label' ? `label:${form.label}` : form.grouping);
  if (form.title !== '') parameters.set('title', form.title);
  if (form.theme.name !== 'system') parameters.set('theme', wallThemeText(form.theme));
  if (form.seconds !== String(DEFAULT_PAGE_SECONDS)) parameters.set('seconds', form.seconds);
  return parameters;
}

/** The address that a form means, and what is wrong with it; there the address has what a wall would do. */
export function readWallForm(form: WallForm): {
  readonly address: WallAddress;
  readonly problems: WallFormProblems;
} {
  const problems = wallFormProblems(form);
  const title = form.title.trim();
  const { roles, kinds, namespaces, health } = form;
  return {
    address: {
      filter: { roles, kinds, namespaces, health },
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
