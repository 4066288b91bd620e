import { describe, expect, test } from 'vitest';
import { hostProblem, urlProblem } from './address-problems';
import { valueProblem } from './check-value';

describe('host names', () => {
  test.each([
    ['api.example.com', null],
    [' api.example.com ', null],
    ['localhost', null],
    ['10.0.0.1', null],
    ['xn--bcher-kva.example', null],
    ['', 'Enter a host name, such as api.example.com.'],
    ['https://api.example.com', 'Leave out https:// : a host name alone is meant, such as api.example.com.'],
    [
      'https://api.example.com:443/x',
      'Leave out https:// : a host name alone is meant, such as api.example.com.',
    ],
    ['api.example.com:8443', 'Leave out the port: a host name alone is meant, such as api.example.com.'],
    ['api.example.com/v1', 'Leave out the path: a host name alone is meant, such as api.example.com.'],
    ['me@api.example.com', 'Leave out everything up to the @: a host name alone is meant.'],
    ['api example.com', 'A host name has no blanks in it.'],
    ['*.example.com', 'A wildcard (*) is not possible here; enter one host name.'],
    ['API.example.com', 'Write host names in lower case: api.example.com.'],
    ['.example.com', 'A host name neither begins nor ends with a dot.'],
    ['example.com.', 'A host name neither begins nor ends with a dot.'],
    ['a..b', 'Two dots must not follow each other.'],
    ['my_api.example.com', 'A host name has only letters, digits, dashes and dots: “_” is not allowed.'],
    ['bücher.example', 'A host name has only letters, digits, dashes and dots: “ü” is not allowed.'],
    ['-a.example.com', '“-a” must not begin or end with a dash.'],
    [`${'a'.repeat(64)}.example.com`, 'A part between dots has at most 63 characters.'],
    [`${'a.'.repeat(130)}com`, 'A host name has at most 253 characters; these are 263.'],
    ['10.0.0', 'This is neither a host name nor a complete IPv4 address.'],
    ['10.0.0.256', 'This is neither a host name nor a complete IPv4 address.'],
    ['2001:db8::1', 'This is an IPv6 address; a host name is meant here.'],
    ['[2001:db8::1]', 'This is an IPv6 address; a host name is meant here.'],
  ])('%j: %s', (text, message) => {
    expect(hostProblem(text)).toBe(message);
  });

  test('accepts a wildcard only where the schema’s pattern allows it', () => {
    const path = ['gateway', 'publicVirtualHost'];
    expect(valueProblem({ type: 'string' }, path, '*.example.com')).not.toBeNull();
    expect(valueProblem({ type: 'string', pattern: '^(\\*\\.)?[a-z.]+$' }, path, '*.example.com')).toBeNull();
  });
});

describe('URLs', () => {
  const web = ['https', 'http'];
  test.each([
    ['https://observer.example.com', null],
    ['http://observer.example.com:8080/base', null],
    ['https://[2001:db8::1]:8080', null],
    ['', 'Enter a URL, such as https://api.example.com.'],
    ['observer.example.com', 'Begin with https:// or http://, such as https://observer.example.com.'],
    [
      'observer.example.com:8080',
      'Begin with https:// or http://, such as https://observer.example.com:8080.',
    ],
    ['not a url', 'A URL has no blanks in it.'],
    ['ftp://observer.example.com', 'Begin with https:// or http:// instead of ftp://.'],
    ['javascript:alert(1)', 'Begin with https:// or http://, such as https://api.example.com.'],
    ['https:/observer.example.com', 'Begin with https:// or http://, such as https://observer.example.com.'],
    ['https://', 'This is not a URL: check the host name and the port.'],
    ['https://a.example.com:99999', 'A port is a number from 1 to 65535.'],
    ['https://a.example.com:0', 'A port is a number from 1 to 65535.'],
    ['https://a.example.com:https', 'A port is a number from 1 to 65535.'],
    ['https://ada:secret@a.example.com', 'Leave out user name and password: a URL is shown to everybody.'],
  ])('%j: %s', (text, message) => {
    expect(urlProblem(text, web)).toBe(message);
  });

  test.each([
    [['kubernetesCluster', 'server'], 'http://k8s.example.com', 'Begin with https:// instead of http://.'],
    [
      ['kubernetesCluster', 'credentials', 'apiServerURL'],
      'k8s.example.com:6443',
      'Begin with https://, such as https://k8s.example.com:6443.',
    ],
    [['observerURL'], 'http://observer.example.com', null],
    [['observer', 'url'], 'wss://observer.example.com', 'Begin with https:// or http:// instead of wss://.'],
    [['brokerURL'], 'amqp://broker.example.com', null],
    [['brokerURL'], 'broker', 'Begin with https://, such as https://broker.'],
    [['registry', 'prefix'], 'docker.io/myorg', null],
    [
      ['registry', 'prefix'],
      'https://docker.io/myorg',
      'Leave out https:// : host and path alone are meant, such as docker.io/myorg.',
    ],
    [['registry', 'prefix'], 'docker.io/', 'Leave out the slash at the end.'],
    [['registry', 'prefix'], 'docker.io/MyOrg', 'Registries take lower-case letters only: docker.io/myorg.'],
  ])('%j: %j: %s', (path, text, message) => {
    expect(valueProblem({ type: 'string' }, path, text)).toBe(message);
  });
});
