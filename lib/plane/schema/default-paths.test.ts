import { expect, test } from 'vitest';
import { defaultPaths } from './default-paths';
import type { SchemaNode } from './schema-node';

const root: SchemaNode = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        planeID: { type: 'string' },
        gateway: {
          type: 'object',
          properties: {
            publicHTTPPort: { type: 'integer', default: 19080 },
            publicGatewayName: { type: 'string', default: 'gateway-default' },
            publicVirtualHost: { type: 'string' },
            tls: { type: 'object', default: {} },
          },
        },
      },
    },
  },
};

test('names the values that are as the schema fills them in, and no others', () => {
  const gateway = { publicHTTPPort: 19080, publicGatewayName: 'mine', publicVirtualHost: '', tls: {} };
  expect(defaultPaths({ planeID: 'a', gateway }, root)).toEqual([['spec', 'gateway', 'publicHTTPPort']]);
  expect(defaultPaths({ gateway: { publicHTTPPort: 19080n } }, root)).toHaveLength(1);
});

test('names nothing without a schema, and never reaches what every object inherits', () => {
  expect(defaultPaths({ gateway: { publicHTTPPort: 19080 } }, undefined)).toEqual([]);
  expect(defaultPaths(null, root)).toEqual([]);
  expect(defaultPaths({ constructor: { name: 'Object' } }, root)).toEqual([]);
});
