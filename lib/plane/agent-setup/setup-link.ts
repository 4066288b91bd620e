import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';

/** The query parameters of an agent setup page. They contain no secrets. */
export interface SetupParameters {
  readonly planeID: string | null;
  readonly version: string | null;
  readonly url: string | null;
}

export const NO_PARAMETERS: SetupParameters = { planeID: null, version: null, url: null };

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
  const search = query.toString();
  return `/register/connect/${planeKey(identity)}${search === '' ? '' : `?${search}`}`;
}

/** Reads the parameters. Anyone can write a link, so they are only proposals. */
export function parseSetupParameters(get: (name: string) => string | null): SetupParameters {
  const read = (name: string) => {
    const value = get(name)?.trim() ?? '';
    return value === '' || value.length > MAX_LENGTH ? null : value;
  };
  return { planeID: read('planeID'), version: read('version'), url: read('url') };
}
