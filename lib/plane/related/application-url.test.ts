import { describe, expect, test } from 'vitest';
import { applicationUrl } from './application-url';

describe('applicationUrl', () => {
  test.each([
    ['https://argocd.example.com', 'planes', 'https://argocd.example.com/applications/argocd/planes'],
    ['https://example.com/argo/', 'planes', 'https://example.com/argo/applications/argocd/planes'],
    ['http://argocd.local:8080', 'team-a/planes', 'http://argocd.local:8080/applications/team-a/planes'],
    ['https://argocd.example.com?x=1#y', 'a b/c', 'https://argocd.example.com/applications/a%20b/c'],
  ])('with Argo CD at %s links the Application %s to %s', (base, application, url) => {
    expect(applicationUrl(base, application)).toBe(url);
  });

  test.each([undefined, '', 'argocd.example.com', 'javascript:alert(1)', 'data:text/html,x', 7])(
    'rejects the address %s',
    (base) => {
      expect(applicationUrl(base, 'planes')).toBeNull();
    },
  );
});
