import { describe, expect, test } from 'vitest';
import { looksSecret } from './secret-text';

describe('looksSecret recognises a secret by its name', () => {
  test.each([
    'DB_PASSWORD_PROD=hunter',
    'PASSWORD_1=hunter',
    'password2=hunter',
    'dbPasswordProd: hunter',
    'passwordPlain: hunter',
    'password[admin]=hunter',
    'passwords["admin"] = hunter',
    'password[]=hunter',
    'SECRET_KEY_BASE=hunter',
    'webhookSecret=hunter',
    'WEBHOOK_SECRET_1=hunter',
    'jwtSecret=hunter',
    'sharedSecret: hunter',
    'shared_secret=hunter',
    'consumer_secret=hunter',
    'app_secret: hunter',
    'signingSecret: hunter',
    'psk=hunter',
    'NEW_RELIC_LICENSE_KEY=hunter',
    'API_TOKEN_PROD=hunter',
    'Password (admin): hunter',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    'passwordFile: admin.txt',
    'PASSWORD_FILE=admin.txt',
    'passwordKey: admin-password',
    'passwordSecretName=db-credentials',
    'password-policy: strict',
    'passwordRotation=weekly',
    'passwordRotatedAt: monday',
    'passwordMaxAgeDays=90',
    'passwordAuthentication=yes',
    'password_grant=allowed',
    'privateKey.algorithm: ECDSA',
    'spec.privateKey.rotationPolicy: Always',
    'privateKeySecretRef=agent-tls',
    'accessKeyId=ak-1',
    'token-issuer=acme',
    'tokenExpirationSeconds=3600',
    'secretStore=vault',
    'secret_name=agent-7',
    'pass-rate=high',
  ])('but shows a setting that describes one: %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('looksSecret recognises a secret in SQL', () => {
  test.each([
    "CREATE USER app WITH PASSWORD 'hunter'",
    "create role app login encrypted password 'hunter'",
    "ALTER USER a IDENTIFIED BY 'hunter'",
    'ALTER USER a IDENTIFIED BY hunter',
    "CREATE USER 'a'@'%' IDENTIFIED WITH mysql_native_password BY 'hunter'",
    "GRANT ALL ON shop.* TO 'a'@'%' IDENTIFIED BY 'hunter'",
    "ALTER ROLE a PASSWORD 'hunter'",
    "SET PASSWORD FOR a = 'hunter'",
    "SET PASSWORD FOR a TO 'hunter'",
    "CREATE LOGIN a WITH PASSWORD = 'hunter'",
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    "The plane is identified by 'eu-1'",
    'ALTER USER a PASSWORD EXPIRE',
    "password 'db-admin' not found in Secret",
    "Set the password in Secret 'db-admin'",
    "CREATE USER a WITH PASSWORD '<password>'",
  ])('but shows %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('looksSecret recognises a secret in XML', () => {
  test.each([
    '<add key="password" value="hunter"/>',
    "<add key='DbPassword' value='hunter' />",
    '<add value="hunter" key="password"/>',
    '<password value="hunter"/>',
    '<password type="plain">hunter</password>',
    '<password>hunter</password>',
    '<entry key="db.password">hunter</entry>',
    '<wsse:Password>hunter</wsse:Password>',
    '<wsse:Password Type="http://docs.oasis-open.org/x#PasswordText">hunter</wsse:Password>',
    '<property name="hibernate.connection.password">hunter</property>',
    '<db><password>hunter',
    '<add key=\\"password\\" value=\\"hunter\\"/>',
    '<server><username>a</username><password>hunter</password></server>',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    '<secretName>agent-7</secretName>',
    '<add key="passwordPolicy" value="strict"/>',
    '<password></password>',
    '<password>***</password>',
    'Sign in with --password=<password> as admin',
    '<entry key="region">eu</entry>',
    'answered with <html><label for="password">Password</label><input name="password" type="text"></html>',
  ])('but shows %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('looksSecret recognises the password of a connection', () => {
  test.each([
    'dial root:hunter@tcp(db:3306)/shop refused',
    'root:hun@ter@tcp(db:3306)/shop',
    'root:hunter@unix(/var/run/mysqld.sock)/shop',
    'cannot open app:hunter@db:5432/shop',
    'dsn="app:hunter@db.example.com/shop"',
    'app:hunter@10.0.0.1:5432',
    'scott/tiger@db:1521/x',
    'jdbc:oracle:thin:scott/tiger@db',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    'pull registry.example:5000/acme/agent:1.2@sha256:86081884c7d659a2 failed',
    'agent:1.2@sha256:86081884c7d659a2',
    'dial root@tcp(db:3306)/shop refused',
    'ask ops@example.com: the gateway is down',
    'contact:ops@example.com',
    'git@github.com:acme/planes.git',
    'planes/prod@gateway:8443 disconnected',
    'User "system:node:node-7@10.0.0.1:6443" is forbidden',
    'github.com/acme/agent@v1.2.3/main.go:12: unexpected EOF',
  ])('but shows %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

/** Returns data in base64 that begins with some bytes, as long as the keys of that kind. */
const data = (bytes: readonly number[], length = 300) =>
  Buffer.concat([Buffer.from(bytes), Buffer.alloc(length, 0x5a)]).toString('base64');
const RSA_OID = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('looksSecret recognises a secret in base64 within a text', () => {
  test.each([
    ['a setting in a data URL', `data:text/plain;base64,${base64('password=hunter')}`],
    ['a setting after a colon', `base64:${base64('password=hunter')}`],
    ['a setting after a word', `config ${base64('password=hunter')} loaded`],
    ['JSON after a word', `config ${base64('{"db":{"password":"hunter"}}')}`],
    ['a text with umlauts', `config ${base64('Größe: 3\npassword: hunter')}`],
    ['base64url', `config ${Buffer.from('>>>???password=hunter').toString('base64url')}`],
    ['compressed data', 'h: H4sIAAAAAAAAA0tJTMoEAB2+ZQ0DAAAA'],
    ['a key of PKCS #8', `key ${data([0x30, 0x82, 4, 0xbd, 2, 1, 0, 0x30, 13, ...RSA_OID])}`],
    ['the start of a key of PKCS #8', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ'],
    ['a key of PKCS #1', data([0x30, 0x82, 4, 0xa3, 2, 1, 0, 2, 0x82])],
    ['a key of SEC 1', data([0x30, 0x77, 2, 1, 1, 4, 0x20], 100)],
    ['a key of Ed25519', data([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70], 30)],
    ['an encrypted key', 'MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG9w0BBQwwHAQI'],
    ['a key store of PKCS #12', data([0x30, 0x82, 9, 0xd0, 2, 1, 3, 0x30, 0x82])],
  ])('%s', (_what, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    ['a certificate', `caBundle ${data([0x30, 0x82, 3, 0x5d, 0x30, 0x82, 2, 0x45, 0xa0, 3, 2, 1, 2])}`],
    ['a public key', `key ${data([0x30, 0x82, 1, 0x22, 0x30, 13, ...RSA_OID])}`],
    ['another public key', `key ${data([0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce], 81)}`],
    ['a text', `note ${base64('Ask the network team about the certificate.')}`],
    ['a fingerprint', 'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8'],
    ['a name', 'planeboard-control-plane-gateway-7d9f8b6c5-xk2p9 in openchoreo-control-plane'],
    ['a path', '/var/lib/kubelet/pods/0a1b2c3d/volumes/kubernetes.io~projected/kube-api-access'],
  ])('but shows %s', (_what, text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('looksSecret recognises a secret in any form of separators', () => {
  test.each([
    'size: 3\rpassword: hunter\rreplicas: 1',
    'size: 3\u2028password: hunter\u2028replicas: 1',
    'password\u00a0=\u00a0hunter',
    'password：hunter',
    'ｐａｓｓｗｏｒｄ＝hunter',
    'password\\u003dhunter',
    'password\\x3dhunter',
    'password&#61;hunter',
    'password&#x3d;hunter',
    '&lt;password&gt;hunter&lt;/password&gt;',
    'password%3Dhunter is 95% right',
    'failed: size: 3\\npassword: hunter\\nreplicas: 1',
    'password: !!str hunter',
    'password: &a hunter',
    'size: 3\npassword:\n\n  hunter\nreplicas: 1',
    'password+=hunter',
    'password ?= hunter',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    "The disk is 95%25 full &amp; 3 %zz of it isn't",
    'C:\\new\\token: not found',
    'token\u00a0:\u00a0not found',
    'the password was rotated\r\nask the network team',
  ])('but shows %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

describe('looksSecret recognises a secret in a sentence', () => {
  test.each([
    'the password was hunter2x',
    'password set to hunter2x',
    'password changed to hunter2x',
    'kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef',
    'join with the token abcdef.0123456789abcdef',
    `eyJ${'a'.repeat(20)}..${'b'.repeat(16)}.${'c'.repeat(20)}.${'d'.repeat(22)}`,
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    'the password was changed on Monday',
    'the token was issued 30 days ago',
    'password set to expire in 30d',
    'the token server.example is unknown',
  ])('but shows %j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

/** What the controllers of OpenChoreo, Kubernetes, cert-manager, Flux, Argo CD and External Secrets write. */
describe('looksSecret shows the sentence of a condition', () => {
  test.each([
    'Agent connected: 2 of 2 connections use the same client certificate',
    'Secret "agent-7-tls" not found in namespace "choreo-system"',
    'failed to get Secret choreo-system/agent-7-tls: secrets "agent-7-tls" is forbidden: User "planeboard" cannot get resource "secrets"',
    "couldn't find key ca.crt in Secret choreo-system/agent-7-tls",
    'Issuing certificate as Secret does not contain a private key',
    'Existing private key is not up to date for spec: [spec.privateKey.size]',
    'Certificate is up to date and has not expired',
    'Waiting for CertificateRequest "agent-7-1" to be issued: Pending',
    'Private key does not match the requirements of the policy',
    'Fields on existing CertificateRequest resource not up to date: [spec.commonName spec.dnsNames]',
    'The token was rotated 30 days ago; it expires at 2026-12-31T00:00:00Z',
    'failed to refresh token: token request failed with status 401 Unauthorized',
    'Get "https://10.43.0.1:443/api/v1/namespaces": the server has asked for the client to provide credentials',
    'the service account token is not mounted, so agent-7 uses the kubeconfig',
    'MountVolume.SetUp failed for volume "kube-api-access-x7k2p": failed to fetch token: serviceaccounts "agent" not found',
    'could not get secret data from provider: key "db/password" not found in SecretStore "vault-backend"',
    'secret synced: 3 keys, refresh interval: 1h0m0s',
    'pq: password authentication failed for user "app"',
    'the password for user app was changed by the operator and is stored in Secret db-app',
    'ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey], no supported methods remain',
    'failed to checkout and determine revision: authentication required: invalid credentials for https://git.example.com/acme/planes.git',
    'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")',
    'tls: private key does not match public key',
    'The access key is managed by the cloud provider. Password rotation: weekly, next: Sunday',
    'secret key "tls.key" is missing; keys present: ca.crt, tls.crt',
    'Reconciling API key for gateway cluster-gateway.choreo-system.svc.cluster.local:8443',
  ])('%j', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});
