import { expect, test } from 'vitest';
import { environmentProxy } from './environment-proxy';

const PROXY = 'http://proxy:3128';

test.each<[string, Record<string, string>, string | undefined]>([
  ['https://api.example.com:6443', { HTTPS_PROXY: PROXY }, PROXY],
  ['https://api.example.com:6443', { https_proxy: 'proxy:3128' }, PROXY],
  ['https://api.example.com:6443', { HTTPS_PROXY: 'socks5://proxy:1080' }, 'socks5://proxy:1080'],
  ['https://api.example.com:6443', { HTTP_PROXY: PROXY }, undefined],
  ['http://api.example.com:8080', { HTTP_PROXY: PROXY }, PROXY],
  ['https://localhost:6443', { HTTPS_PROXY: PROXY }, undefined],
  ['https://127.0.0.5:6443', { HTTPS_PROXY: PROXY }, undefined],
  ['https://[::1]:6443', { HTTPS_PROXY: PROXY }, undefined],
  ['https://127.example.com', { HTTPS_PROXY: PROXY }, PROXY],
])('the proxy for %s with %j', (url, env, proxy) => {
  expect(environmentProxy(url, env)).toBe(proxy);
});

test.each([
  ['https://api.example.com:6443', '*', true],
  ['https://api.example.com:6443', 'example.com', true],
  ['https://api.example.com:6443', 'EXAMPLE.com', true],
  ['https://api.example.com:6443', '.example.com', true],
  ['https://api.example.com:6443', '*.example.com', true],
  ['https://api.example.com:6443', 'api.example.com:6443', true],
  ['https://api.example.com:6443', 'api.example.com:443', false],
  ['https://api.example.com', 'api.example.com:443', true],
  ['https://api.example.com:6443', 'a.com, other.org ,api.example.com', true],
  ['https://api.example.com:6443', 'ample.com', false],
  ['https://example.com', '.example.com', false],
  ['https://10.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.1.2.3', true],
  ['https://10.1.2.3:6443', '10.1.2.3:6443', true],
  ['https://10.1.2.3:6443', '10.1.2.3:443', false],
  ['https://11.1.2.3:6443', '10.0.0.0/8', false],
  ['https://[fd00::1]:6443', 'fd00::/8', true],
  ['https://[fd00::1]:6443', 'fd00::1', true],
  ['https://[fd00::1]:6443', 'FD00:0::0001', true],
  ['https://[fd00::1]:6443', 'fd00::2', false],
  ['https://[fd00::1]:6443', '[fd00:0::1]:443', false],
  ['https://[fd00::1]:6443', '[fd00::1]:6443', true],
  ['https://10.1.2.3:6443', 'fd00::/8,10.0.0.0/99,/,,x/y', false],
])('%s and NO_PROXY %s', (url, NO_PROXY, isException) => {
  expect(environmentProxy(url, { HTTPS_PROXY: PROXY, NO_PROXY }) === undefined).toBe(isException);
});
