import { describe, expect, it } from 'vitest';
import { parseKubeconfigText } from './kubeconfig-yaml';

describe('the text of a kubeconfig', () => {
  it('is parsed as YAML or JSON', () => {
    expect(parseKubeconfigText('kind: Config\nusers: []\n')).toEqual({
      parsed: { kind: 'Config', users: [] },
    });
    expect(parseKubeconfigText('{"kind": "Config"}')).toEqual({ parsed: { kind: 'Config' } });
  });

  it('counts up to the end of its first document', () => {
    expect(parseKubeconfigText('# mine\nkind: Config\n---\n{ broken')).toEqual({
      parsed: { kind: 'Config' },
    });
    expect(parseKubeconfigText('# only a comment\n')).toEqual({ parsed: null });
  });

  it('is rejected with the line of a syntax error, without quoting that line', () => {
    const read = parseKubeconfigText('kind: Config\nusers:\n  - token: "canary-7f3a\n');
    expect(read).toHaveProperty('problem', expect.stringMatching(/^Invalid YAML in line \d+\./));
    expect(JSON.stringify(read)).not.toContain('canary');
  });

  it('is rejected with what to do when it is cut off', () => {
    expect(parseKubeconfigText('clusters:\n  - name: [')).toEqual({
      problem: 'Invalid YAML in line 2. Paste the whole file with its indentation.',
    });
  });

  it('is rejected when it is blank', () => {
    expect(parseKubeconfigText(' \n ')).toEqual({ problem: 'Paste a kubeconfig.' });
  });

  it('is rejected when its aliases expand too far', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef'].map((pair) => [...pair]))
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`);
    expect(parseKubeconfigText(bomb.join('\n'))).toHaveProperty(
      'problem',
      expect.stringContaining('aliases'),
    );
  });
});
