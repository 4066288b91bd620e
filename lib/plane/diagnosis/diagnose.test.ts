import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { inputOf, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { AGENT_ROWS } from '@/testing/plane/findings/agent-findings';
import { CERTIFICATE_ROWS } from '@/testing/plane/findings/certificate-findings';
import { CHANGE_ROWS } from '@/testing/plane/findings/change-findings';
import { CONTROL_PLANE_ROWS } from '@/testing/plane/findings/control-plane-findings';
import { CREDENTIAL_ROWS } from '@/testing/plane/findings/credential-findings';
import { RESOURCE_ROWS } from '@/testing/plane/findings/resource-findings';
import { incident, parsed } from '@/testing/plane/findings/sample-planes';
import { SECRET_ROWS } from '@/testing/plane/findings/secret-findings';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { diagnose } from './diagnose';
import { FINDING_CODES } from './diagnosis-finding';

const rows = [
  ...CHANGE_ROWS,
  ...RESOURCE_ROWS,
  ...CONTROL_PLANE_ROWS,
  ...SECRET_ROWS,
  ...CERTIFICATE_ROWS,
  ...CREDENTIAL_ROWS,
  ...AGENT_ROWS,
];

describe('diagnose', () => {
  test.each(rows)('$code: $when', ({ code, situation, severity, known, says = [], command, action }) => {
    const finding = diagnose(inputOf(situation)).find((one) => one.code === code);
    expect(finding).toMatchObject({ code, severity, known });
    const shown = `${finding?.evidence} ${finding?.consequence}`;
    for (const words of says) expect(shown).toContain(words);
    if (command) expect(finding?.remedies.map((remedy) => remedy.command)).toContain(command);
    if (action) expect(finding?.remedies.map((remedy) => remedy.action)).toContain(action);
  });

  test('says nothing about a connected agent on a plane without one', () => {
    const ends = [{ notAfter: ago(6 * HOUR_MS) }, { notAfter: ago(-6 * HOUR_MS) }];
    const earlier = ends.map((one) => ({ ...one, notBefore: ago(300 * DAY_MS), selfSignedLeaf: false }));
    for (const certificate of [...ends.map(parsed), parsed({ count: 3, earlier })]) {
      const agent = { ...aPlane().agent, connected: false, connectedAgents: 0 };
      const findings = diagnose(inputOf({ plane: aPlane({ agent }), facts: { certificate } }));
      const shown = findings.map(({ consequence }) => consequence).join(' ');
      expect(findings.map(({ code }) => code).join()).toContain('certificate-');
      expect(shown).not.toMatch(/connected agent (stays|still)/i);
    }
  });

  test('has a row for every finding', () => {
    const missing = FINDING_CODES.filter((code) => !rows.some((row) => row.code === code));
    expect(missing).toEqual([]);
  });

  test('returns nothing for a healthy plane with everything known', () => {
    expect(diagnose(inputOf({ facts: { certificate: parsed() }, related: relatedResourcesWith() }))).toEqual(
      [],
    );
  });

  test("suggests no command for the API server when Planeboard's own server is silent", () => {
    const [finding] = diagnose(inputOf({ facts: { contactAtMs: NOW_MS - 120_000, serverSilent: true } }));
    expect(finding).toMatchObject({ code: 'no-contact', title: "Planeboard's server isn't responding" });
    expect(finding?.remedies.filter(({ command }) => command !== undefined)).toEqual([]);
  });

  test('names the change that took the plane down first', () => {
    for (const { situation } of CHANGE_ROWS.filter(({ code }) => code === 'connection-changed'))
      expect(diagnose(inputOf(situation))[0]?.code).toBe('connection-changed');
  });

  test('puts the incident before a change of the connection that came earlier', () => {
    const [situation] = CHANGE_ROWS.map((row) => row.situation);
    const findings = diagnose(
      inputOf({ ...situation, facts: { incident: incident.id }, incidents: [incident] }),
    );
    expect(findings.find(({ code }) => code === 'connection-changed')?.severity).toBe('warning');
    expect(findings[0]?.code).toBe('control-plane-incident');
  });

  test('requests permission only where the plane is watched', () => {
    const input = inputOf({ facts: { contactAtMs: NOW_MS, forbidden: true } });
    const remedyOf = (watchedAlone: boolean) =>
      JSON.stringify(diagnose({ ...input, watchedAlone })[0]?.remedies);
    const { namespace } = input.row.plane;
    expect(remedyOf(false)).toMatch(/in all namespaces\..*--all-namespaces/);
    expect(remedyOf(true)).toContain(`in the namespace ${namespace}.`);
    expect(remedyOf(true)).toContain(`-n ${namespace}`);
  });

  test("claims nothing about related resources that weren't read", () => {
    expect(diagnose(inputOf())).toEqual([]);
  });

  test.each(rows)(
    '$code: $when: every text is a sentence and every command names its cluster',
    ({ situation }) => {
      for (const finding of diagnose(inputOf(situation))) {
        const texts = [finding.evidence, finding.consequence, ...finding.remedies.map(({ text }) => text)];
        for (const text of texts) expect(text).toMatch(/^[A-Z`].*[.]$|^(spec|status|metadata)\..*[.]$/s);
        for (const text of texts) expect(text).not.toMatch(/undefined|null|NaN| {2}|\.\.|\s\./);
        for (const { command } of finding.remedies) {
          if (command !== undefined) expect(command).toMatch(/^(kubectl --context|helm .*--kube-context) \S/);
        }
      }
    },
  );
});
