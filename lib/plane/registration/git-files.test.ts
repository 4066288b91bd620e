import { describe, expect, it } from 'vitest';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import type { Draft } from './draft';
import { withName } from './draft-changes';
import { gitFiles } from './git-files';
import { manifestsOf } from './manifests';
import { newDraft } from './new-draft';

const ID = '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const agentPlane = installedKind('1.2', 'DataPlane');
const directPlane = installedKind('0.7', 'DataPlane');

function filesOf(
  kind: typeof agentPlane,
  name: string,
  texts: Record<string, string>,
  more: Partial<Draft> = {},
) {
  const draft = withName(newDraft(kind, ID, { namespace: 'acme' }), name, kind, true);
  const credentials = Object.fromEntries(
    Object.entries(draft.credentials).map(([id, credential]) => [
      id,
      { ...credential, text: texts[id] ?? '' },
    ]),
  );
  return gitFiles(manifestsOf({ ...draft, ...more, credentials }, kind));
}

describe('gitFiles', () => {
  it('applies a Secret of nothing but certificates', () => {
    const { files, commands } = filesOf(agentPlane, 'prod', { 'clusterAgent.clientCA': CERTIFICATE_PEM });
    expect(files.map(({ name, hasPlaceholders }) => [name, hasPlaceholders])).toEqual([
      ['prod-secrets.yaml', false],
      ['prod.yaml', false],
    ]);
    expect(commands.map(({ command }) => command)).toEqual([
      'kubectl apply -f prod-secrets.yaml',
      'kubectl apply -f prod.yaml',
    ]);
  });

  it('never applies a Secret with a placeholder and writes no secret into a file', () => {
    const { files, commands } = filesOf(
      directPlane,
      'prod',
      {
        'kubernetesCluster.tls.ca': CERTIFICATE_PEM,
        'kubernetesCluster.auth.mtls.clientCert': CERTIFICATE_PEM,
        'kubernetesCluster.auth.mtls.clientKey': PRIVATE_KEY_PEM,
      },
      { connection: 'direct' },
    );
    expect(files[0]).toMatchObject({ name: 'prod-secrets.yaml', hasPlaceholders: true });
    expect(JSON.stringify(files)).not.toContain('PRIVATE KEY');
    expect(commands.map(({ command }) => command)).toEqual([
      'kubectl create secret generic prod-cluster-access -n acme --from-file=ca.crt=./ca.crt --from-file=tls.crt=./tls.crt --from-file=tls.key=./tls.key',
      'kubectl apply -f prod.yaml',
    ]);
  });

  it("omits the registration's id and keeps the rest", () => {
    const { files } = filesOf(agentPlane, 'prod', {}, { displayName: 'Production' });
    const text = JSON.stringify(files);
    expect(text).not.toContain(ID);
    expect(text).toContain('"openchoreo.dev/display-name":"Production"');
  });

  it('quotes a name that a shell would interpret', () => {
    const { commands } = filesOf(agentPlane, 'x; rm -rf ~', {});
    expect(commands.at(-1)?.command).toBe("kubectl apply -f 'x; rm -rf ~.yaml'");
  });
});
