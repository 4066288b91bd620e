import { CONNECTION_PARTS, credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { JsonPath } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Step } from './draft';

/** The step on which the field of a draft stands; `review` for what belongs to no field. */
export function stepOfPath(path: JsonPath, kind: InstalledKind): Step {
  const [part, name] = path;
  switch (part) {
    case 'plural':
      return 'kind';
    case 'namespace':
    case 'name':
    case 'displayName':
    case 'description':
      return 'identity';
    case 'connection':
    case 'auth':
      return 'connection';
    case 'spec':
      return stepOfSpecField(name);
    case 'credentials':
      return stepOfSpecField(credentialSlots(kind).find((slot) => slot.id === name)?.path[0]);
    default:
      return 'review';
  }
}

function stepOfSpecField(name: string | number | undefined): Step {
  if (name === undefined) return 'review';
  if (name === 'planeID') return 'identity';
  return CONNECTION_PARTS.includes(String(name)) ? 'connection' : 'services';
}
