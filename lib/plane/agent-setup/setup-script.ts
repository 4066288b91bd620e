import { shellQuote } from '@/lib/plane/model/shell-commands';
import { OPEN_MARK } from './chart-values';
import type { CommandStep } from './setup-commands';

/**
 * Returns all steps as one script for bash. It stops at the first failure and names the step, can be run again, and
 * deletes nothing. It keeps a values file that exists, because a person may have filled it in, but stops if that file
 * lacks a line that this installation needs.
 *
 * @param heading one line that describes the script
 */
export function setupScript(steps: readonly CommandStep[], heading: string): string {
  const parts = steps.map((step) => {
    const title = oneLine(step.title);
    return `# ${title}\nstep=${shellQuote(title)}\n${step.file ? fileCommand(step.file) : step.command}\n`;
  });
  return [
    '#!/usr/bin/env bash',
    `# ${oneLine(heading)}`,
    'set -euo pipefail',
    `trap 'echo "Stopped at: $step" >&2' ERR`,
    '',
    parts.join('\n'),
  ].join('\n');
}

function fileCommand({ name, text }: NonNullable<CommandStep['file']>): string {
  return `IFS= read -r -d '' values <<'VALUES' || true
${text}VALUES
if [ ! -e ${name} ]; then
  printf '%s' "$values" > ${name}
elif printf '%s' "$values" | grep -v '${OPEN_MARK}' | grep -vxF -f ${name}; then
  echo ${shellQuote(`${name} exists, without the lines above. Put them in place of those that differ, or move the file away.`)} >&2
  false
fi
if grep -n '${OPEN_MARK}' ${name}; then
  echo ${shellQuote(`Fill in these values in ${name}, then run this script again.`)} >&2
  false
fi`;
}

/** A comment or a title ends at the line's end, whatever it contains. */
function oneLine(text: string): string {
  return text.replace(/\p{C}+/gu, ' ');
}
