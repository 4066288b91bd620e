'use client';

import { Checkbox, TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import type { ChartRelease } from '@/lib/plane/agent-setup/chart-release';
import type { ChartSetting, SettingName } from '@/lib/plane/agent-setup/chart-settings';
import { offersGatewayTls, requiredSettings } from '@/lib/plane/agent-setup/chart-values';
import { type CommandValues, commandValueProblem } from '@/lib/plane/agent-setup/command-values';
import type { SetupChoices } from '@/lib/plane/agent-setup/setup-choices';
import type { SetupParameters } from '@/lib/plane/agent-setup/setup-link';
import type { Role } from '@/lib/plane/model/kinds';

/** The settings that the chart of this role and release requires. Each can be left to fill in in the values file. */
export function ChartSettings({
  role,
  release,
  values,
  onChange,
  choices,
  onChoices,
  linked,
}: {
  readonly role: Role;
  readonly release: ChartRelease;
  readonly values: CommandValues;
  readonly onChange: (name: SettingName, value: string) => void;
  readonly choices: SetupChoices;
  readonly onChoices: (choices: SetupChoices) => void;
  /** The settings that the page's link proposes. Anyone can write a link. */
  readonly linked: SetupParameters['settings'];
}) {
  const settings = requiredSettings(role, release, choices);
  const hasTlsChoice = offersGatewayTls(role, release);
  if (settings.length === 0 && !hasTlsChoice) return null;
  const setOpen = (name: SettingName, isOpen: boolean) => {
    const others = choices.open.filter((other) => other !== name);
    onChoices({ ...choices, open: isOpen ? [...others, name] : others });
  };
  return (
    <FieldSet
      label="Chart settings"
      help={
        settings.length === 0
          ? undefined
          : `The chart of release ${release.major}.${release.minor} can't be installed without these.`
      }
    >
      <div className="grid gap-3">
        {hasTlsChoice ? (
          <Checkbox
            checked={choices.gatewayTls}
            onChange={(event) => onChoices({ ...choices, gatewayTls: event.target.checked })}
          >
            The plane's gateway serves HTTPS
          </Checkbox>
        ) : null}
        {settings.map((setting) => (
          <Setting
            key={setting.name}
            setting={setting}
            text={values[setting.name]}
            isLinked={values[setting.name] !== '' && values[setting.name] === linked[setting.name]}
            isOpen={choices.open.includes(setting.name)}
            onText={(text) => onChange(setting.name, text)}
            onOpen={(isOpen) => setOpen(setting.name, isOpen)}
          />
        ))}
      </div>
    </FieldSet>
  );
}

const FROM_LINK = "This comes from the link you followed. Make sure it's yours.";

function Setting({
  setting: { name, label, help, placeholder, form, path, secretKeys },
  text,
  isLinked,
  isOpen,
  onText,
  onOpen,
}: {
  readonly setting: ChartSetting;
  readonly text: string;
  readonly isLinked: boolean;
  readonly isOpen: boolean;
  readonly onText: (text: string) => void;
  readonly onOpen: (isOpen: boolean) => void;
}) {
  const place = <code className="font-mono">{path.join('.')}</code>;
  if (form === 'secret') {
    return (
      <div>
        <p className="font-medium">{label}</p>
        <p className="text-pretty text-muted text-xs">
          {help} ({place})
        </p>
      </div>
    );
  }
  return (
    <Field
      label={label}
      name={name}
      help={
        <>
          {help}{' '}
          {secretKeys.length > 0
            ? `${secretKeys.length === 1 ? 'Its key' : 'Its keys'}: ${secretKeys.join(', ')}. `
            : ''}
          ({place})
        </>
      }
      warning={isLinked && !isOpen ? FROM_LINK : undefined}
      error={isOpen ? undefined : (commandValueProblem(name, text) ?? undefined)}
      action={
        <Checkbox checked={isOpen} onChange={(event) => onOpen(event.target.checked)}>
          <span className="text-xs">
            I'll fill this in later<span className="sr-only">: {label}</span>
          </span>
        </Checkbox>
      }
    >
      {(control) => (
        <TextInput
          {...control}
          mono
          value={isOpen ? '' : text}
          disabled={isOpen}
          placeholder={isOpen ? 'Left open in the file' : placeholder}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}
