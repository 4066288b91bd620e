import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';

/** What the address of a connect page carries beside the plane: nothing that is secret. */
export interface SetupParameters {
  readonly planeID: string | null;
  readonly version: string | null;
  readonly url: string | null;
}

export const NO_PARAMETERS: SetupParameters = { planeID: null, version: null, url: null };

const MAX_LENGTH = 512;

/** The connect page of a plane, whether it exists yet or not. */
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

/** The parameters of an address; whoever wrote the link wrote them, so they are only proposals. */
export function parseSetupParameters(get: (name: string) => string | null): SetupParameters {
  const read = (name: string) => {
    const value = get(name)?.trim() ?? '';
    return value === '' || value.length > MAX_LENGTH ? null : value;
  };
  return { planeID: read('planeID'), version: read('version'), url: read('url') };
}
