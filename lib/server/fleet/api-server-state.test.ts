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

test('an API server that answers, and does not tell what is installed, is said to be so', () => {
  apiServer.catalogFailed('Discovery is forbidden.');
  expect(apiServer.wire()).toMatchObject({ state: 'reachable', problem: 'Discovery is forbidden.' });
  expect(changes).toBe(2);
  // Neither contact nor the same failure again is news, and contact does not end it.
  apiServer.contact();
  apiServer.catalogFailed('Discovery is forbidden.');
  expect(changes).toBe(2);
  expect(apiServer.wire().problem).toBe('Discovery is forbidden.');
  apiServer.catalogFailed(null);
  expect(apiServer.wire()).not.toHaveProperty('problem');
  expect(changes).toBe(3);
});

test('that the API server is away explains more than what it did not tell', () => {
  apiServer.catalogFailed('Discovery is forbidden.');
  apiServer.failed(false, 'It is away.');
  expect(apiServer.wire()).toMatchObject({ state: 'unreachable', problem: 'It is away.' });
});
