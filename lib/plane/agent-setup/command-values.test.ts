import { describe, expect, test } from 'vitest';
import { type CommandValue, commandValueProblem, usableValue } from './command-values';

describe('accepts', () => {
  test.each<[CommandValue, string]>([
    ['chartVersion', '1.2.3'],
    ['chartVersion', 'v1.2.3-rc.1+build.7'],
    ['chartVersion', '0.0.0-latest-dev'],
    ['gatewayUrl', 'wss://gateway.example.com:8443/ws'],
    ['gatewayUrl', 'wss://10.0.0.7:8443/ws'],
    ['gatewayUrl', 'wss://[2001:db8::1]:8443/ws'],
    ['gatewayUrl', 'wss://cluster-gateway.example.com/ws'],
    ['planeContext', 'arn:aws:eks:eu-west-1:1234:cluster/prod'],
    ['planeContext', 'kind my cluster'],
    ['controlPlaneContext', 'default'],
  ])('%s %s', (name, text) => {
    expect(usableValue(name, ` ${text} `)).toBe(text);
  });
});

describe('rejects', () => {
  test.each<[CommandValue, string, RegExp]>([
    ['chartVersion', '1.2', /three numbers/],
    ['chartVersion', '>=1.2.3', /no operator/],
    ['chartVersion', 'latest', /three numbers/],
    ['chartVersion', '01.2.3', /three numbers/],
    ['chartVersion', '1.2.3; id', /three numbers/],
    ['gatewayUrl', 'gateway.example.com', /wss:\/\/gateway\.example\.com:8443\/ws/],
    ['gatewayUrl', 'gateway.example.com:8443', /Start the address with wss/],
    ['gatewayUrl', 'https://gateway.example.com/ws', /secure WebSocket/],
    ['gatewayUrl', 'ws://gateway.example.com/ws', /secure WebSocket/],
    ['gatewayUrl', 'wss://gateway.example.com:8443', /end the address with \/ws/],
    ['gatewayUrl', 'wss://gateway.example.com:99999/ws', /Enter an address/],
    ['gatewayUrl', 'wss://user:secret@gateway.example.com/ws', /username and password/],
    ['gatewayUrl', 'wss://gateway.example.com/ws?planeID=x', /parameters/],
    ['gatewayUrl', 'wss://gate_way.example.com/ws', /isn't a valid host/],
    ['planeContext', 'a\u202eb', /invisible/],
    ['planeContext', 'x'.repeat(254), /at most 253/],
  ])('%s %s', (name, text, sentence) => {
    expect(commandValueProblem(name, text)).toMatch(sentence);
    expect(usableValue(name, text)).toBeNull();
  });

  test('treats an empty value as missing, not wrong', () => {
    expect(commandValueProblem('gatewayUrl', '  ')).toBeNull();
    expect(usableValue('gatewayUrl', '  ')).toBeNull();
  });

  test("doesn't repeat a password in an address", () => {
    expect(commandValueProblem('gatewayUrl', 'wss://user:secret@gateway.example.com/ws')).not.toContain(
      'secret',
    );
  });
});
