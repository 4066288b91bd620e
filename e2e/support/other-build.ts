import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface OtherBuild {
  /** Where a server of it is started. */
  readonly folder: string;
  readonly id: string;
  remove(): Promise<void>;
}

/** The production build once more under another id, as after an upgrade. */
export async function copyBuild(id: string): Promise<OtherBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-build-'));
  for (const part of ['deploy', join('.next', 'standalone')])
    await cp(join(root, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  const bundle = join(folder, '.next', 'standalone', '.next');
  const before = (await readFile(join(bundle, 'BUILD_ID'), 'utf8')).trim();
  await writeFile(join(bundle, 'BUILD_ID'), id);
  await rename(join(bundle, 'static', before), join(bundle, 'static', id));
  return { folder, id, remove: () => rm(folder, { recursive: true, force: true }) };
}
