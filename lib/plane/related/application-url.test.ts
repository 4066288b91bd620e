import { expect, test } from 'vitest';
import { applicationUrl } from './application-url';

test.each([
  ['https://argocd.example.com', 'planes', 'https://argocd.example.com/applications/argocd/planes'],
  ['https://example.com/argo/', 'planes', 'https://example.com/argo/applications/argocd/planes'],
  ['http://argocd.local:8080', 'team-a/planes', 'http://argocd.local:8080/applications/team-a/planes'],
  ['https://argocd.example.com?x=1#y', 'a b/c', 'https://argocd.example.com/applications/a%20b/c'],
])('Argo CD at %s has the Application %s at %s', (base, application, url) => {
  expect(applicationUrl(base, application)).toBe(url);
});

test.each([undefined, '', 'argocd.example.com', 'javascript:alert(1)', 'data:text/html,x', 7])(
  'an address such as %s leads nowhere',
  (base) => {
    expect(applicationUrl(base, 'planes')).toBeNull();
  },
);
