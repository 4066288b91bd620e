import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('only useWrite sends mutations, so no write shows an error that is over', () => {
  const users = ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
      .map((file) => join(folder, file))
      .filter((path) => readFileSync(path, 'utf8').includes('useMutation(')),
  );
  expect(users).toEqual(['lib/client/api/use-write.ts']);
});
