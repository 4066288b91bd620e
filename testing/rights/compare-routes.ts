import { expect, test } from 'vitest';
import { METHODS } from './app-routes';
import type { MatrixPerson } from './matrix-person';
import { placesWith, type RouteCheck } from './route-matrix';
import type { StartedMatrix } from './start-matrix';

/** Defines a test for each method of each route: Planeboard answers a person as the API server does. */
export function compareRoutes(
  checks: Readonly<Record<string, RouteCheck>>,
  started: () => StartedMatrix & { readonly person: MatrixPerson },
): void {
  test.each(Object.entries(checks))('%s', async (name, check) => {
    const method = METHODS.find((one) => name.startsWith(`${one} `)) ?? 'GET';
    const { matrix, world, person } = started();
    const rows = await check(matrix.askerOf(method, person), person, world);
    const entriesOf = (side: 'told' | 'expected') =>
      Object.fromEntries(rows.map((row) => [row.call, row[side]]));
    expect(rows.length).toBeGreaterThan(0);
    expect(entriesOf('told')).toEqual(entriesOf('expected'));
  });
}

/** Returns each answer and each log line that has a secret. The log may not have the CSRF values of pages either. */
export function leaksIn(
  { matrix, world }: StartedMatrix,
  secrets: ReadonlyMap<string, string>,
  log: readonly string[],
): string[] {
  const all = new Map([...world.canaries, ...secrets]);
  const lines = log.map((text) => ({ where: text, text }));
  return [...matrix.answersWith(all), ...placesWith(new Map([...all, ...world.csrfValues]), lines)];
}
