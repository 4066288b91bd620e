import { beforeEach, expect, test } from 'vitest';
import { ApiServerState } from './api-server-state';

let changes: number;
let apiServer: ApiServerState;

beforeEach(() => {
  changes = 0;
  apiServer = new ApiServerState(
    () => 0,
    () => {
      changes += 1;
    },
  );
  apiServer.contact();
});

test("stays reachable and reports the problem when the catalog can't be read", () => {
  apiServer.catalogFailed('Discovery is forbidden.');
  expect(apiServer.wire()).toMatchObject({ state: 'reachable', problem: 'Discovery is forbidden.' });
  expect(changes).toBe(2);
  // Contact and a repeated failure change nothing, and contact doesn't end the problem.
  apiServer.contact();
  apiServer.catalogFailed('Discovery is forbidden.');
  expect(changes).toBe(2);
  expect(apiServer.wire().problem).toBe('Discovery is forbidden.');
  apiServer.catalogFailed(null);
  expect(apiServer.wire()).not.toHaveProperty('problem');
  expect(changes).toBe(3);
});

test('reports an unreachable API server rather than a catalog problem', () => {
  apiServer.catalogFailed('Discovery is forbidden.');
  apiServer.failed(false, 'It is away.');
  expect(apiServer.wire()).toMatchObject({ state: 'unreachable', problem: 'It is away.' });
});
