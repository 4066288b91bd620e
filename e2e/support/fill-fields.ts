import type { Locator } from '@playwright/test';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { lowerFirst } from '@/lib/plane/model/text';
import { type FormField, itemField } from '@/lib/plane/registration/form-field';

/** The box of a group, found by its legend, which may also contain "optional" and the button that removes it. */
export function groupIn(scope: Locator, label: string): Locator {
  return scope.getByRole('group', { name: new RegExp(`^${escaped(label)}( optional)?( Remove .*)?$`) });
}

/**
 * Fills the inputs of a form from a spec. Finds each by its label within its box, as a user does. Doesn't touch
 * fields that the spec doesn't have.
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
      // A group that is always shown has no button.
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

/** Selects an existing observability plane, or types the name of a missing one. */
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
  await select.selectOption({ label: "One that doesn't exist yet…" });
  const kinds = scope.getByLabel('Plane kind', { exact: true });
  if (kind !== undefined && (await kinds.count()) > 0) await kinds.selectOption(asText(kind));
  await scope.getByLabel('Plane name', { exact: true }).fill(asText(name ?? ''));
}

async function fillValue(control: Locator, field: FormField, value: Json): Promise<void> {
  // Fields with a default are folded.
  const folded = control.locator('xpath=ancestor::details[not(@open)]/summary');
  if ((await folded.count()) > 0) await folded.click();
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

/** Escapes a text for a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
