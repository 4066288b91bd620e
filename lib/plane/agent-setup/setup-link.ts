import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { SETTING_NAMES } from './chart-settings';
import { usableValue } from './command-values';
import { parseChoices, type SetupChoices } from './setup-choices';

/** The query parameters of an agent setup page. They contain no secrets. */
export interface SetupParameters {
  readonly planeID: string | null;
  readonly version: string | null;
  readonly url: string | null;
  /** The chart's settings, and the Secret of the CA. */
  readonly settings: Readonly<Partial<Record<LinkedSetting, string>>>;
  /** What the sender chose; null if the link doesn't say. */
  readonly choices: SetupChoices | null;
}

export const NO_PARAMETERS: SetupParameters = {
  planeID: null,
  version: null,
  url: null,
  settings: {},
  choices: null,
};

/** The values that a link carries beside version and address: everything but contexts, which are the reader's own. */
const LINKED_SETTINGS = ['caSecret', ...SETTING_NAMES] as const;
export type LinkedSetting = (typeof LINKED_SETTINGS)[number];

const MAX_LENGTH = 512;

/** Returns the path of a plane's agent setup page, whether the plane exists yet or not. */
export function setupPath(
  identity: PlaneIdentity,
  parameters: SetupParameters = NO_PARAMETERS,
): `/register/connect/${string}` {
  const query = new URLSearchParams();
  for (const name of ['planeID', 'version', 'url'] as const) {
    const value = parameters[name];
    if (value !== null && value !== '') query.set(name, value);
  }
  for (const name of LINKED_SETTINGS) {
    const value = parameters.settings[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  const { choices } = parameters;
  if (choices !== null) {
    query.set('certificate', choices.certificate);
    if (!choices.gatewayTls) query.set('gatewayTls', 'false');
    if (choices.open.length > 0) query.set('open', choices.open.join(','));
  }
  const search = query.toString();
  return `/register/connect/${planeKey(identity)}${search === '' ? '' : `?${search}`}`;
}

/** Reads the parameters. Anyone can write a link, so they are only proposals. */
export function parseSetupParameters(get: (name: string) => string | null): SetupParameters {
  const read = (name: string) => {
    const value = get(name)?.trim() ?? '';
    return value === '' || value.length > MAX_LENGTH ? null : value;
  };
  const settings = LINKED_SETTINGS.flatMap((name) => {
    const value = read(name);
    return value === null || usableValue(name, value) === null ? [] : [[name, value] as const];
  });
  const certificate = read('certificate');
  const choices =
    certificate === null
      ? null
      : parseChoices({
          certificate,
          gatewayTls: read('gatewayTls') !== 'false',
          open: read('open')?.split(',') ?? [],
        });
  return {
    planeID: read('planeID'),
    version: read('version'),
    url: read('url'),
    settings: Object.fromEntries(settings),
    choices,
  };
}
