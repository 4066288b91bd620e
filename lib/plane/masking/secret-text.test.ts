import { describe, expect, test } from 'vitest';
import { MASK } from './mask';
import { isPublicCertificate, looksSecret, MAX_SEARCHED_LENGTH, withoutSecret } from './secret-text';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';
const TOKEN = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.sig`;
const KEY = `-----BEGIN EC PRIVATE KEY-----\n${'x'.repeat(90)}\n-----END EC PRIVATE KEY-----\n`;
const KUBECONFIG_START = 'kind: Config\nusers:\n- name: admin\n  user:\n';
const MIB = 2 ** 20;

describe('looksSecret', () => {
  test.each([
    ['a JSON Web Token', TOKEN],
    ['a JSON Web Token after other text', `Bearer:${TOKEN}`],
    ['a JSON Web Token that follows its own prefix', `eyJ-${TOKEN}`],
    ['a JSON Web Token with a long header', `eyJ${'a'.repeat(9000)}.${'b'.repeat(20)}.sig`],
    ['a password in a URL', 'dial https://me:pw@host/ failed'],
    ['a token in a URL', 'GET https://host/path?a=1&access_token=abc failed'],
    ['a signature in a URL', 'https://bucket/x?X-Amz-Signature=0a1b'],
    ['a short token in a URL', 'https://host/?token=a'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
    [
      'the start of a private key in base64',
      btoa(`-----BEGIN PRIVATE KEY-----\n${'x'.repeat(90)}`).slice(0, 101),
    ],
    ['a private key in base64 within a text', `Use ${btoa(KEY)} for now`],
    ['the key of a kubeconfig', `${KUBECONFIG_START}    client-key-data: ${btoa(KEY)}\n`],
    ['the token of a kubeconfig', `${KUBECONFIG_START}    token: opaque\n`],
    ['the password of a kubeconfig', `${KUBECONFIG_START}    password: "hunter2"\n`],
    ['a kubeconfig in base64', btoa(`${KUBECONFIG_START}    token: opaque\n`)],
    ['a token in base64', btoa(TOKEN)],
    ['a key that is base64 twice', btoa(btoa(KEY))],
    ['a PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
    ['a token as the user of a URL', 'clone https://0123456789abcdef0123@git.example.com/x failed'],
    ['a password in an error', 'sign-in failed: password=hunter2'],
    ['a token in a command', 'helm upgrade --set-token=abc'],
    ['a header', 'sent Authorization: Basic YWRtaW46cHc='],
    ['an opaque bearer token', 'sent Bearer 0123456789abcdef'],
    ["GitHub's token", `ghp_${'a'.repeat(36)}`],
    ['a field of JSON in an error', 'helm failed: {"auth":{"password":"hunter2"}}'],
    ['a field of escaped JSON', 'failed: "{\\"apiKey\\":\\"hunter2\\"}"'],
    ['a value in an error', 'login failed: password: "hunter2" was rejected'],
    ['a value in a note', 'rotate; old password: hunter2x'],
    ['a header with a key', 'X-Api-Key: 0123456789abcdef'],
    ['a cookie', 'sent Cookie: session=abc; a=b'],
    ['an option and its value', 'helm install x --client-secret 0123abcd'],
    ['the user of curl', 'curl -s -u admin:hunter2 https://host'],
    ['a setting with spaces', 'DB_PASSWORD = "hunter2"'],
    ['the secret of a client', 'client_id=a client_secret=hunter2'],
    ['a connection string of Azure', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=aGk=;'],
    ['a line of YAML', 'replicas: 1\npassword: hunter'],
    ['the first line of YAML', 'password: hunter\nreplicas: 1'],
    ['the manifest of a Secret', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: b'],
    ['a URL in percent-encoding', 'https%3A%2F%2Fuser%3Apw%40host%2F'],
    ["npm's token", `npm_${'a'.repeat(36)}`],
    ["Stripe's key", `sk_live_${'a'.repeat(24)}`],
    ["Google's key", `AIza${'a'.repeat(35)}`],
    ["Docker's token", `dckr_pat_${'a'.repeat(27)}`],
    ["a runner's token of GitLab", `glrt-${'a'.repeat(20)}`],
    ["Slack's webhook", 'https://hooks.slack.com/services/T0000/B0000/abcd'],
    ['a hash of bcrypt', `admin:$2y$05$${'a'.repeat(53)}`],
    ['an SSH2 key', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'],
    ['an environment variable', 'agent started with DB_PASS=hunter and K3S_TOKEN=abcd'],
    ['a variable with a token', 'GH_TOKEN=abcdef'],
    ['the password of a connection string', 'Server=tcp:db;User Id=sa;Pwd=hunter2;'],
    ['a short name of a password', 'login failed (user=admin, pass=hunter)'],
    ['a name of two words', 'new API key: abc123def456'],
    ['a header with another scheme', 'Authorization: ApiKey abcdef'],
    ["SendGrid's key", `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`],
    ["PyPI's token", 'pypi-AgEIcHlwaS5vcmcCJDAxMjM0NTY3'],
    ["DigitalOcean's token", `dop_v1_${'0'.repeat(64)}`],
    ["Google's access token", `ya29.${'a'.repeat(40)}`],
    ["Slack's token of an app", 'xapp-1-A0123456789-0123456789'],
    ["Hugging Face's token", `hf_${'a'.repeat(34)}`],
    ["Grafana's token", `glsa_${'a'.repeat(32)}_01234567`],
    ["Shopify's token", `shpat_${'0'.repeat(32)}`],
    ["Atlassian's token", `ATATT3${'x'.repeat(40)}`],
    ["OpenAI's old key", `sk-${'a'.repeat(48)}`],
    ["Discord's webhook", 'https://discord.com/api/webhooks/123456/abcdef'],
    ["Teams' webhook", 'https://acme.webhook.office.com/webhookb2/0a1b'],
    ['a password in the parameters of a URL', 'GET https://host/?user=a&pwd=hunter2 failed'],
    ['a key in the parameters of a URL', 'https://host/x?key=0123456789abcdefXYZ'],
    ['a long token in lower case', 'aws_session_token = FwoGZXIvYXdzEBYaDH0123'],
    ['a token for Helm', 'helm upgrade x --set-string token=abcDEF0123456789abcDEF'],
    ['a token in hexadecimal', 'token=0123456789abcdef0123456789abcdef'],
    ["the secret of Vault's AppRole", 'role_id=x secret_id=0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f'],
    ['a variable of PowerShell', '$env:TOKEN="abc"'],
    ['the password of mysql', 'mysql -u root -phunter2 shop'],
    ['the password of sshpass', "sshpass -p 'hunter2' ssh host"],
    ['a line of .netrc', 'machine git.example.com login bot password hunter'],
    ["AWS's two keys", `AKIAIOSFODNN7EXAMPLE:${'aB0/'.repeat(10)}`],
    ['an element of XML', '<db><password>hunter</password></db>'],
    ['a variable in YAML', 'env:\n- name: DB_PASSWORD\n  value: hunter\n'],
    ["Telegram's token", `https://api.telegram.org/bot123456789:AA${'x'.repeat(33)}/sendMessage`],
    ["K3s's token", `K10${'0a'.repeat(32)}::server:0a1b`],
    ['a PuTTY key', 'PuTTY-User-Key-File-3: ssh-ed25519'],
  ])('recognises %s', (_what, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    ['a version that looks like a token', '1.2.3'],
    ['a host name', 'eyJobs.example.com'],
    ['a plain URL', 'https://host:6443/path?page=2&sort=name'],
    ['a sentence about tokens', 'The token is missing; secret=none'],
    ['an error about a token', 'token: not found'],
    ['a user in a URL', 'ssh://git@github.com/acme/planes.git'],
    ['a sentence about bearer tokens', 'Use bearer authentication here'],
    ['a reference in YAML', 'spec:\n  auth:\n    tokenRef: prod\n'],
    ['a public certificate in base64 within a text', `CA: ${btoa(CERTIFICATE)}`],
    ['an error about a token endpoint', 'cannot fetch token: https://auth.example.com:8443 returned 401'],
    ['an error about a field', 'spec.auth.bearerToken: Required value'],
    ['a status of a token request', 'invalid token: 401 Unauthorized'],
    ['a missing key of a Secret', 'secret "agent-7" has no key "token": not found'],
    ['an option in a sentence', 'Start it with --token to sign in.'],
    ['a message of several lines', 'failed:\ntoken: not found\nretrying'],
    ['a reference to a Secret', 'secret=agent-7 secretName: agent-7'],
    ['an error of a package', 'failed to refresh token: oauth2: "invalid_grant"'],
    ['a file', 'open token: /var/run/secrets/k8s.io/token: permission denied'],
    ['a day', 'Rotate the password: 2026-12-01, from 8:00'],
    ['a long user in a URL', 'clone ssh://deployment-automation@git.example.com/x failed'],
    ['an image of a registry', 'pull oci://registry-2.eu-west.example.com@sha256:9f86d081 failed'],
    ['the working directory', 'started in PWD=/srv/agent'],
    ['a result of checks', 'checks: pass=3 fail=0, bypass=none'],
    ['a percent sign', 'The disk is 95%25 full, or 95% of it'],
    ['a short key and code in a URL', 'https://host/x?key=region-1&code=404&auth=oidc'],
    ['a long name of a Secret', 'token=warehouse-automation-agent-token-7'],
    ['a port of mysql', 'mysql --port 3306 --protocol tcp'],
    ['an element with the name of a Secret', '<secretName>agent-7</secretName>'],
    ['a variable of another kind in YAML', 'env:\n- name: REGION\n  value: eu\n'],
    ['a digest', 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ])('accepts %s', (_what, text) => {
    expect(looksSecret(text)).toBe(false);
  });

  // The first two took minutes when a pattern started again at each repetition, far beyond the test's time limit.
  test.each([
    'eyJ-',
    'eyJ',
    'eyJaaaaaaaa.',
    '://',
    '://a:',
    '-----BEGIN ',
    '?token',
    '&a',
    'QUJD',
    ' ',
    'LS0tLS1CRUdJTi',
    '\n  ',
    '\n  token',
    ' --token',
    'bearer ',
    'authorization ',
    'password:',
    'token":"',
    '"token',
    'token: ',
    '\ntoken: x',
    '--token ',
    'token = ',
    'curl -u ',
    '%41',
    'cookie:',
    'kind: ',
    '$2y$05$',
    'A_TOKEN',
    '_pwd',
    'SG.a',
    '://A',
    'api key: ',
    '?key=a',
    'token=a',
    'token=aA',
    'mysql ',
    'mysql -',
    'login a ',
    'AKIA',
    'password>',
    'name: token\n',
    'bot1',
    'K10',
  ])('searches a megabyte of %j repeated in linear time', (part) => {
    looksSecret(part.repeat(MIB / part.length));
    isPublicCertificate(part.repeat(MIB / part.length));
  });
});

describe('isPublicCertificate', () => {
  test.each([CERTIFICATE, CERTIFICATE + CERTIFICATE, `\n${CERTIFICATE}\n`, btoa(CERTIFICATE)])(
    'accepts certificates alone',
    (text) => {
      expect(isPublicCertificate(text)).toBe(true);
    },
  );

  test.each([
    `password: hunter2\n${CERTIFICATE}`,
    `${CERTIFICATE}hunter2`,
    `${CERTIFICATE}hunter2\n${CERTIFICATE}`,
  ])('rejects text around certificates', (text) => {
    expect(isPublicCertificate(text)).toBe(false);
  });
});

describe('withoutSecret', () => {
  test('returns nothing beyond the part that it searched', () => {
    const text = 'a'.repeat(MAX_SEARCHED_LENGTH) + TOKEN;
    expect(withoutSecret(text)).toBe('a'.repeat(MAX_SEARCHED_LENGTH));
    expect(withoutSecret(TOKEN + text)).toBe(MASK);
  });
});
