import { describe, expect, test } from 'vitest';
import { maskedText } from './masked-text';
import { looksSecret } from './secret-text';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const wrapped = (text: string) => (base64(text).match(/.{1,76}/g) ?? []).join('\n  ');
const nested = (text: string, times: number): string =>
  times === 0 ? text : nested(JSON.stringify(text), times - 1);

describe('looksSecret recognises a secret', () => {
  test.each([
    // Headers and other fields as Go prints them.
    'headers map[Accept:[*/*] Authorization:[Basic YWRtaW46Q0FOQVJZMDE=]]',
    'headers map[Authorization:[Bearer abc]]',
    'http.Header{"Authorization":[]string{"Bearer abc"}}',
    'http.Header{"X-Api-Key":[]string{"hunter"}}',
    'map[Cookie:[session=abc]]',
    '{"Cookie":["s=hunter"]}',
    'Set-Cookie:[session=abc; Path=/]',
    // Passwords that a URL must escape.
    'parse "postgres://app:CANARY05/x9@db:5432/shop": invalid port ":CANARY05" after host',
    'parse "postgres://app:CANARY06 x9@db:5432/shop": net/url: invalid userinfo',
    'cannot open amqp://app:a/b/c@mq/vhost',
    'redis://:p/w@cache:6379/0',
    'postgres://app:12345/x9@db:5432/shop',
    'parse url: invalid port ":CANARY05" after host',
    // Values that the API server quotes.
    'spec.auth.password: Invalid value: "CANARY04": must be longer',
    'spec.auth.password: Invalid value: "changed": must be longer',
    'spec.auth.bearerToken.value: Unsupported value: "CANARY04"',
    'Plane.spec.passwords[0]: Duplicate value: "hunter"',
    'spec.auth.password: Not found: "hunter"',
    "api_token: 'abc'",
    // Command lines as lists.
    'exec ["redis-cli","-a","CANARY08","ping"] failed',
    'exec ["mysqladmin","-uroot","-pCANARY09"] failed',
    "exec ['redis-cli', '-a', 'CANARY08', 'ping']",
    'exec [mysqladmin -uroot -pCANARY09]',
    'failed: "[\\"redis-cli\\",\\"-a\\",\\"CANARY08\\"]"',
    '["--user","a","--password","CANARYAE"]',
    'args: ["--user", "a", "--password", "CANARYAE"]',
    'args:\n- --user\n- a\n- --password\n- CANARYAE',
    'args: [--password, canaryx1]',
    // Manifests of Secrets in one line.
    'Error applying {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"stringData":{"dsn":"CANARY11"}}',
    '{"apiVersion":"v1","data":{"dsn":"Q0FOQVJZ"},"kind":"Secret"}',
    '"data":{"config":"Q0FOQVJZMTI="}',
    '{"kind":"SecretList","items":[{"metadata":{"name":"a"},"data":{"dsn":"X"}}]}',
    '&Secret{StringData:map[string]string{dsn: CANARY11,}}',
    'stringData: {dsn: hunter}',
    'kind: Secret, data: {dsn: hunter}',
    'v1.Secret{Data:map[string][]uint8{"dsn":[]uint8{0x68}}}',
    // A name and a value in two fields.
    '{"op":"replace","path":"/spec/auth/password","value":"hunter"}',
    '{"value":"hunter","op":"replace","path":"/spec/auth/password"}',
    '{"key":"password","value":"hunter"}',
    '{"value":"hunter","name":"DB_PASSWORD"}',
    '{"key":"X-Api-Key","val":"hunter"}',
    '{"name": "Authorization", "values": ["Basic YWRtaW46Q0FOQVJZMDE="]}',
    '- value: hunter\n  name: DB_PASSWORD\n',
    'name=DB_PASSWORD value=hunter',
    '[{Name:DB_PASSWORD Value:hunter ValueFrom:nil}]',
    // curl.
    'curl -sSu admin:hunter https://host',
    'curl -fsSLu admin:hunter https://host',
    'curl -su"admin:hunter" https://host',
    'curl -b session=abc https://host',
    "curl --cookie 'session=abc' https://host",
    'curl -sb session=abc https://host',
    // Base64 of a user and a password.
    'sent Basic YWRtaW46Q0FOQVJZ',
    'proxy answered to basic YWRtaW46Q0FOQVJZMDE=',
    `AUTH PLAIN ${base64('\0admin\0hunter')}`,
    // Base64 after other words.
    `GET /v1/config/${base64('{"db":{"password":"hunter"}}')} failed`,
    `GET /v1/config-${base64('{"db":{"password":"hunter"}}')} failed`,
    `data:\n  ${wrapped(`{"region":"eu-west-1","zones":["a","b","c"],"note":"abc","password":"hunter2"}`)}`,
    // Quoted values of settings in logs.
    'token="canary19k3s"',
    "token='hunter' level=info",
    // Python.
    "{'password': b'hunter'}",
    "[('X-Api-Key', 'hunter')]",
    '[["password","hunter"]]',
    "{('password', 'hunter')}",
    // Names and values with invisible characters.
    'pass\u200bword=hunter',
    'pass\u00adword=hunter',
    'pass\u2060word\ufeff: hunter2',
    'pass\\u200bword=hunter',
    '\u001b[1mpassword\u001b[0m=hunter',
    nested('{"password":"hunter"}', 4),
    nested('{"password":"hunter"}', 7),
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });
});

describe('looksSecret shows an ordinary message', () => {
  test.each([
    'ca.crt: unexpected PEM block "-----BEGIN RSA PRIVATE KEY-----"',
    "can't grant the plane a lease: the agent identified by 'eu-1' isn't registered",
    'could not get secret data from provider: key prod/DB1/password: SecretNotFound',
    'encryption-key: arn:aws:kms:eu-west-1:123456789012:key/abcd not reachable',
    'client-secret=oidc-client (Secret) not found',
    'signing key: kid-2026-01 is unknown',
    'cookie: SameSite=Lax missing',
    'probe passes=2, failures=1',
    'GET https://sso.example.com/login?code=InvalidRequest12345 failed',
    'please contact platform-team:infra@example.com/oncall',
    'curl -u $USER:$PASS https://x failed',
    'Set password policy to "strict"',
    'token is invalid2 for audience',
    'dial https://gateway:8443/planes failed, ask ops@example.com',
    'GET http://registry:4873/@acme/agent failed',
    'GET http://[::1]:8080/x failed, ask ops@example.com',
    'pull docker://agent:1.2@sha256:86081884c7d659a2 failed',
    'parse "http://host:99999999": invalid port ":99999999" after host',
    'spec.auth.password: Invalid value: "": must be set',
    'spec.size: Invalid value: "12": must be smaller',
    'missing keys: ["password", "username"]',
    "required: ['token', 'ca.crt']",
    'Error applying {"kind":"ConfigMap","data":{"region":"eu"}}',
    'involvedObject {"kind":"Secret","name":"agent-7"} not found',
    '{"key":"region","value":"eu"}',
    '{"name":"password-policy","value":"strict"}',
    'map[Accept:[*/*] Content-Type:[application/json]]',
    'exec ["docker","run","-p","8080:80"] failed',
    'Basic authentication is required',
    'AUTH PLAIN mechanism is disabled',
    'GET /apis/openchoreo.dev/v1alpha1/dataplanes/planeboard-control-plane failed',
    'secret="choreo-system/agent-7-tls" reason="NotFound"',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('maskedText masks', () => {
  test.each([
    ['an option of a command', '{"args":["--user","a","--password","CANARYAE"]}'],
    ["a command's own option", '{"command":["mysql","-uroot","-pCANARYAE"]}'],
    ['an option beside the command', '{"command":["mysql"],"args":["-uroot","-pCANARYAE"]}'],
    ['a manifest', '{"kind":"Secret","stringData":{"dsn":"CANARYAE"}}'],
    ['a list of Secrets', '{"kind":"SecretList","items":[{"metadata":{},"data":{"dsn":"CANARYAE"}}]}'],
    ['a Secret without a kind', '{"type":"Opaque","data":{"dsn":"CANARYAE"}}'],
    ['the data of no kind', '{"stringData":{"dsn":"CANARYAE"}}'],
    ['a patch', '{"op":"replace","path":"/spec/auth/password","value":{"text":"CANARYAE"}}'],
    ['a field with the name', '{"key":"X-Api-Key","val":"CANARYAE"}'],
    ['a list with the name', '{"name":"X-Api-Key","values":["CANARYAE"]}'],
    ['a cookie', '{"Cookie":["s=CANARYAE"]}'],
    ['a pair', '[["password","CANARYAE"]]'],
    ['a key', '{"tls":{"key":"CANARYAE"}}'],
    ['keys', '{"keys":["CANARYAE"]}'],
    ['a name with an invisible character', '{"pass\u200bword":"CANARYAE"}'],
    ['JSON nested four times', nested('{"password":"CANARYAE"}', 4)],
    ['JSON nested six times', nested('{"note":"CANARYAE"}', 6)],
    ['JSON in JSON in JSON', `{"a":${nested('{"tls":{"key":"CANARYAE"}}', 3)}}`],
  ])('%s', (_what, text) => {
    expect(maskedText(text)).not.toContain('CANARYAE');
  });

  test.each([
    ['a toleration', '{"key":"gpu","operator":"Exists"}'],
    ['a reference', '{"secretKeyRef":{"name":"db","key":"gpu"}}'],
    ['arguments', '{"args":["--zone","gpu"]}'],
    ['a label', '{"key":"zone","value2":"gpu","values":["a"]}'],
  ])('but shows %s', (_what, text) => {
    expect(maskedText(text)).toContain('gpu');
  });
});
