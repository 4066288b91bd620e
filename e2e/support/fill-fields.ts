import type { Locator } from '@playwright/test';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { lowerFirst } from '@/lib/plane/model/text';
import { type FormField, itemField } from '@/lib/plane/registration/form-field';

/** The box of a group, by the words of its legend; beside them may stand "optional" and the button that removes it. */
export function groupIn(scope: Locator, label: string): Locator {
  return scope.getByRole('group', { name: new RegExp(`^${escaped(label)}( optional)?( Remove .*)?$`) });
}

/**
 * Fills the inputs of a form from a spec, each found by its label within the box around it, as a person finds it. What
 * the spec does not have is left alone.
 */
export async function fillFields(
  scope: Locator,
  fields: readonly FormField[],
  spec: JsonObject,
  fillCredential: (box: Locator, field: FormField) => Promise<void>,
): Promise<void> {
  for (const field of fields) await fillField(scope, field, spec, fillCredential);
}

async function fillField(
  scope: Locator,
  field: FormField,
  spec: JsonObject,
  fillCredential: (box: Locator, field: FormField) => Promise<void>,
): Promise<void> {
  const value = valueAt(spec, field.path);
  if (value === undefined) return;
  switch (field.kind) {
    case 'credential':
      return fillCredential(groupIn(scope, field.label), field);
    case 'group': {
      const add = scope.getByRole('button', { name: `Add ${lowerFirst(field.label)}`, exact: true });
      // Groups that are always there have no button.
      if ((await add.count()) > 0) await add.click();
      return fillFields(groupIn(scope, field.label), field.children ?? [], spec, fillCredential);
    }
    case 'list':
      return fillList(scope, field, spec, fillCredential);
    case 'map':
      return fillMap(groupIn(scope, field.label), field, asObject(value));
    case 'observability-plane':
      return fillObservabilityPlane(scope, field, value);
    default:
      return fillValue(scope.getByLabel(field.label, { exact: true }), field, value);
  }
}

async function fillList(
  scope: Locator,
  field: FormField,
  spec: JsonObject,
  fillCredential: (box: Locator, field: FormField) => Promise<void>,
): Promise<void> {
  const box = groupIn(scope, field.label);
  const items = valueAt(spec, field.path);
  for (const index of Array.isArray(items) ? items.keys() : []) {
    await box
      .getByRole('button', { name: new RegExp(`^Add (one|another) to ${escaped(field.label)}$`) })
      .click();
    await fillField(box, itemField(field, index), spec, fillCredential);
  }
}

async function fillMap(box: Locator, field: FormField, entries: JsonObject): Promise<void> {
  for (const [index, [name, value]] of Object.entries(entries).entries()) {
    await box
      .getByRole('button', { name: new RegExp(`^Add (one|another) to ${escaped(field.label)}$`) })
      .click();
    await box.getByLabel(`${field.label}: name ${index + 1}`, { exact: true }).fill(name);
    await box.getByLabel(`${field.label}: value ${index + 1}`, { exact: true }).fill(asText(value));
  }
}

/** One that exists is chosen, any other one typed. */
async function fillObservabilityPlane(scope: Locator, field: FormField, value: Json): Promise<void> {
  const { kind, name } = asObject(typeof value === 'string' ? { name: value } : value);
  const select = scope.getByLabel(field.label, { exact: true });
  const offered = select
    .locator('option')
    .filter({ hasText: new RegExp(`^${escaped(asText(name ?? ''))}\\b`) });
  if ((await offered.count()) > 0) {
    await select.selectOption(await offered.first().getAttribute('value'));
    return;
  }
  await select.selectOption({ label: 'One that is not there yet…' });
  const kinds = scope.getByLabel('Its kind', { exact: true });
  if (kind !== undefined && (await kinds.count()) > 0) await kinds.selectOption(asText(kind));
  await scope.getByLabel('Its name', { exact: true }).fill(asText(name ?? ''));
}

async function fillValue(control: Locator, field: FormField, value: Json): Promise<void> {
  if (field.kind === 'choice') await control.selectOption(asText(value));
  else if (field.kind !== 'boolean') await control.fill(asText(value));
  else if (typeof field.node.default === 'boolean') await control.setChecked(value === true);
  else await control.selectOption(value === true ? 'Yes' : 'No');
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A text as a regular expression has it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
