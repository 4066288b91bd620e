import type { CommandStep } from './setup-commands';

/**
 * All steps as one shell script that stops at the first failure.
 *
 * @param heading one line that says what the script is for
 */
export function commandsScript(steps: readonly CommandStep[], heading: string): string {
  const comment = (text: string) => `# ${text.replace(/\p{C}+/gu, ' ')}`;
  const parts = steps.map(({ title, command }) => `${comment(title)}\n${command}\n`);
  return `#!/usr/bin/env bash\n${comment(heading)}\nset -euo pipefail\n\n${parts.join('\n')}`;
}
