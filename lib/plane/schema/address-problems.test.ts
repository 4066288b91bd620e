import { describe, expect, test } from 'vitest';
import { hostProblem, localAddressWarning, urlProblem } from './address-problems';
import { valueProblem } from './check-value';
import { matchesPattern } from './linear-pattern';
import type { SchemaNode } from './schema-node';

const problemOf = (node: SchemaNode, path: readonly string[], text: string) =>
  valueProblem(node, path, text, matchesPattern);

describe('host names', () => {
  test.each([
    ['api.example.com', null],
    [' api.example.com ', null],
    ['localhost', null],
    ['10.0.0.1', null],
    ['xn--bcher-kva.example', null],
    ['', 'Enter a host name, such as api.example.com.'],
    ['https://api.example.com', 'Remove https:// and enter only the host name, such as api.example.com.'],
    [
      'https://api.example.com:443/x',
      'Remove https:// and enter only the host name, such as api.example.com.',
    ],
    ['api.example.com:8443', 'Remove the port and enter only the host name, such as api.example.com.'],
    ['api.example.com/v1', 'Remove the path and enter only the host name, such as api.example.com.'],
    ['me@api.example.com', 'Remove everything up to the @ and enter only the host name.'],
    ['api example.com', "A host name can't contain spaces."],
    ['*.example.com', "Wildcards (*) aren't allowed here. Enter one host name."],
    ['API.example.com', 'Use only lowercase letters, such as api.example.com.'],
    ['.example.com', "Don't start or end a host name with a dot."],
    ['example.com.', "Don't start or end a host name with a dot."],
    ['a..b', "Don't use two dots in a row."],
    ['my_api.example.com', 'Use only letters, digits, dashes and dots. "_" isn\'t allowed.'],
    ['bücher.example', 'Use only letters, digits, dashes and dots. "ü" isn\'t allowed.'],
    ['-a.example.com', '"-a" can\'t start or end with a dash.'],
    [`${'a'.repeat(64)}.example.com`, 'Use at most 63 characters between dots.'],
    [`${'a.'.repeat(130)}com`, 'Use at most 253 characters; this has 263.'],
    ['10.0.0', 'Enter a host name or a complete IPv4 address.'],
    ['10.0.0.256', 'Enter a host name or a complete IPv4 address.'],
    ['2001:db8::1', 'This is an IPv6 address. Enter a host name.'],
    ['[2001:db8::1]', 'This is an IPv6 address. Enter a host name.'],
  ])('%j: %s', (text, message) => {
    expect(hostProblem(text)).toBe(message);
  });

  test("accepts a wildcard only where the schema's pattern allows it", () => {
    const path = ['gateway', 'publicVirtualHost'];
    expect(problemOf({ type: 'string' }, path, '*.example.com')).not.toBeNull();
    expect(problemOf({ type: 'string', pattern: '^(\\*\\.)?[a-z.]+$' }, path, '*.example.com')).toBeNull();
  });
});

describe('URLs', () => {
  const web = ['https', 'http'];
  test.each([
    ['https://observer.example.com', null],
    ['http://observer.example.com:8080/base', null],
    ['https://[2001:db8::1]:8080', null],
    ['', 'Enter a URL, such as https://api.example.com.'],
    ['observer.example.com', 'Start with https:// or http://, such as https://observer.example.com.'],
    [
      'observer.example.com:8080',
      'Start with https:// or http://, such as https://observer.example.com:8080.',
    ],
    ['not a url', "A URL can't contain spaces."],
    ['ftp://observer.example.com', 'Start with https:// or http:// instead of ftp://.'],
    ['javascript:alert(1)', 'Start with https:// or http://, such as https://api.example.com.'],
    ['https:/observer.example.com', 'Start with https:// or http://, such as https://observer.example.com.'],
    ['https://', "This isn't a valid URL. Check the host name and the port."],
    ['https:///a.example.com', 'Enter a host name after https://.'],
    ['https://a.example.com\u200B', 'It contains an invisible character (U+200B). Remove it.'],
    ['https://a.example.com:99999', 'A port is a number from 1 to 65535.'],
    ['https://a.example.com:0', 'A port is a number from 1 to 65535.'],
    ['https://a.example.com:https', 'A port is a number from 1 to 65535.'],
    ['https://ada:secret@a.example.com', "Remove the username and password. URLs aren't secret."],
  ])('%j: %s', (text, message) => {
    expect(urlProblem(text, web)).toBe(message);
  });

  test.each([
    [['kubernetesCluster', 'server'], 'http://k8s.example.com', 'Start with https:// instead of http://.'],
    [
      ['kubernetesCluster', 'credentials', 'apiServerURL'],
      'k8s.example.com:6443',
      'Start with https://, such as https://k8s.example.com:6443.',
    ],
    [['observerURL'], 'http://observer.example.com', null],
    [['observer', 'url'], 'wss://observer.example.com', 'Start with https:// or http:// instead of wss://.'],
    [['brokerURL'], 'amqp://broker.example.com', null],
    [['brokerURL'], 'broker', 'Start with https://, such as https://broker.'],
    [['registry', 'prefix'], 'docker.io/myorg', null],
    [
      ['registry', 'prefix'],
      'https://docker.io/myorg',
      'Remove https:// and enter only the host and path, such as docker.io/myorg.',
    ],
    [['registry', 'prefix'], 'docker.io/', 'Remove the trailing slash.'],
    [['registry', 'prefix'], 'docker.io/MyOrg', 'Use only lowercase letters, such as docker.io/myorg.'],
  ])('%j: %j: %s', (path, text, message) => {
    expect(problemOf({ type: 'string' }, path, text)).toBe(message);
  });
});

test.each([
  ['https://127.0.0.1:6443', '127.0.0.1'],
  ['https://127.1:6443', '127.0.0.1'],
  [' https://LOCALHOST:6443 ', 'localhost'],
  ['https://kind.localhost', 'kind.localhost'],
  ['https://0.0.0.0:6443', '0.0.0.0'],
  ['https://[::1]:6443', '::1'],
  ['https://[::ffff:127.0.0.1]:6443', '::ffff:7f00:1'],
  ['https://host.docker.internal:6443', 'host.docker.internal'],
  ['https://kubernetes.docker.internal:6443', 'kubernetes.docker.internal'],
  ['https://k8s.example.com', null],
  ['https://10.0.0.1:6443', null],
  ['https://192.168.49.2:8443', null],
  ['https://localhost.example.com', null],
  ['localhost', null],
])('warns of an address that leads to the machine itself: %j', (url, host) => {
  const warning = localAddressWarning(url);
  if (host === null) expect(warning).toBeNull();
  else expect(warning).toMatch(`${host} is the machine itself`);
});
