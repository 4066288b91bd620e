import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { joinList } from '@/lib/plane/model/text';
import type { Manifests } from './manifests';
import { placeholderManifests } from './masked-manifests';

/** A file for a repository. */
export interface GitFile {
  readonly name: string;
  readonly manifests: readonly JsonObject[];
  /** Whether it contains a placeholder for a secret and must not be applied unchanged. */
  readonly hasPlaceholders: boolean;
}

/** A shell command and its purpose. */
export interface GitCommand {
  readonly title: string;
  readonly command: string;
}

/**
 * Returns a registration as files for git. Secrets are in a file of their own, so placeholders never overwrite
 * Secrets created from the command line.
 */
export function gitFiles(manifests: Manifests): {
  readonly files: GitFile[];
  readonly commands: GitCommand[];
} {
  const { secrets, plane } = manifests;
  const base = plane.metadata.name || 'plane';
  const shown = placeholderManifests(manifests);
  const changed = shown.map(
    (object, index) => !sameJson(object, (secrets[index] ?? plane) as unknown as JsonObject),
  );
  const file = (name: string, from: number, to: number): GitFile => ({
    name,
    manifests: shown.slice(from, to).map(withoutRegistration),
    hasPlaceholders: changed.slice(from, to).includes(true),
  });
  const planeFile = file(`${base}.yaml`, secrets.length, shown.length);
  const secretsFile = secrets.length > 0 ? file(`${base}-secrets.yaml`, 0, secrets.length) : null;
  return {
    files: secretsFile ? [secretsFile, planeFile] : [planeFile],
    commands: [
      ...(secretsFile ? secretCommands(manifests, secretsFile) : []),
      { title: `Create the ${plane.kind}`, command: `kubectl apply -f ${shellQuote(planeFile.name)}` },
    ],
  };
}

function secretCommands({ secrets }: Manifests, { name: fileName, hasPlaceholders }: GitFile): GitCommand[] {
  if (!hasPlaceholders) {
    const title = secrets.length === 1 ? 'Create the Secret' : 'Create the Secrets';
    return [{ title, command: `kubectl apply -f ${shellQuote(fileName)}` }];
  }
  return secrets.map(({ metadata: { name, namespace }, stringData }) => {
    const keys = Object.keys(stringData);
    const files = keys.map((key) => `--from-file=${shellQuote(`${key}=./${key}`)}`);
    return {
      title: `Create Secret ${name} from ${keys.length === 1 ? 'the file' : 'the files'} ${joinList(keys)} in this folder`,
      command: `kubectl create secret generic ${shellQuote(name)} -n ${shellQuote(namespace)} ${files.join(' ')}`,
    };
  });
}

/** Removes the annotation that identifies Planeboard's own retries. */
function withoutRegistration(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return object;
  const { [REGISTRATION_ANNOTATION]: _, ...annotations } = metadata.annotations;
  const { annotations: __, ...rest } = metadata;
  const keptMetadata = Object.keys(annotations).length > 0 ? { ...rest, annotations } : rest;
  return { ...object, metadata: keptMetadata };
}
