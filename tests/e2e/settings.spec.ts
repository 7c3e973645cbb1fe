import { moveInOrder } from './drag.ts';
import { expect, openAt, test } from './fixtures.ts';

test('the workspace is renamed, and its currency counts on the board', async ({ demo, demoApp, api }) => {
  await openAt(demo, demoApp.app.origin, '/settings/workspace');
  const name = demo.getByLabel('Name');
  const before = await name.inputValue();
  await expect(demo.getByRole('button', { name: 'Save' })).toBeDisabled();
  await name.fill('Fjord Instruments');
  await demo.getByRole('button', { name: 'Save' }).click();
  await expect(demo.getByText('Workspace saved')).toBeVisible();
  await expect(demo.getByRole('navigation', { name: 'Main navigation' })).toContainText('Fjord Instruments');
  await demo.reload();
  await expect(name).toHaveValue('Fjord Instruments');
  await name.fill(' ');
  await demo.getByRole('button', { name: 'Save' }).click();
  await expect(demo.getByText('This is needed.')).toBeVisible();
  const status = await api.workspace.status({});
  if (status.state !== 'ready') throw new Error('There is a workspace.');
  await api.workspace.update({ name: before, currency: status.workspace.currency });
});

test('another time zone and region are chosen, and every screen shows its times in them', async ({
  demo,
  demoApp,
  api,
}) => {
  const status = await api.workspace.status({});
  if (status.state !== 'ready') throw new Error('There is a workspace.');
  const { timezone, locale } = status.workspace;
  const { record: account } = await api.accounts.create({ values: { name: 'Across the date line' } });
  await api.timeline.log({
    type: 'note',
    subject: 'Late in the evening',
    occurredAt: '2026-03-04T11:30:00Z',
    links: [{ object: 'accounts', id: account.id }],
  });
  await openAt(demo, demoApp.app.origin, '/settings/workspace');
  const choose = async (label: string, typed: string, option: string) => {
    await demo.getByLabel(label).click();
    await demo.getByPlaceholder('Type to search').fill(typed);
    await demo.getByRole('option', { name: option }).click();
  };
  await choose('Time zone', 'Auckland', 'Pacific/Auckland');
  await choose('Region', 'German (Germany)', 'German (Germany)');
  await demo.getByRole('button', { name: 'Save' }).click();
  await expect(demo.getByText('Workspace saved')).toBeVisible();
  await openAt(demo, demoApp.app.origin, `/accounts/${account.id}`);
  await expect(demo.getByText('05.03.2026')).toBeVisible();
  await expect(demo.getByText('00:30')).toBeVisible();
  await api.workspace.update({ timezone, locale });
});

test('stages are renamed, ordered, hidden and weighted, and every screen follows', async ({
  demo,
  demoApp,
  api,
}) => {
  const saved = await api.pipeline.stages({});
  await openAt(demo, demoApp.app.origin, '/settings/stages');
  const row = (stage: string) => demo.locator(`[data-stage-setting="${stage}"]`);
  await row('negotiation').getByRole('textbox').first().fill('Haggling');
  await row('needs_analysis').getByRole('checkbox').click();
  await row('proposal').getByRole('textbox').nth(1).fill('55');
  await demo.getByRole('button', { name: 'Move Qualification' }).focus();
  await moveInOrder(demo, 'ArrowUp');
  await demo.getByRole('button', { name: 'Save' }).click();
  await expect(demo.getByText('Pipeline saved')).toBeVisible();

  await openAt(demo, demoApp.app.origin, '/opportunities');
  await demo.getByRole('button', { name: 'Board', exact: true }).click();
  const columns = demo.locator('[data-stage]');
  await expect(columns.first()).toHaveAttribute('data-stage', 'qualification');
  await expect(demo.locator('[data-stage="needs_analysis"]')).toHaveCount(0);
  await expect(demo.getByRole('heading', { name: /^Haggling/ })).toBeVisible();
  await demo.getByRole('button', { name: 'Show 1 hidden stage' }).click();
  await expect(demo.locator('[data-stage="needs_analysis"] [data-card]').first()).toBeVisible();
  await demo.locator('[data-stage="negotiation"] [data-card]').first().click();
  await expect(demo.locator('[data-field="stage"]').getByRole('button')).toHaveText('Haggling');

  await openAt(demo, demoApp.app.origin, '/settings/stages');
  await row('proposal').getByRole('textbox').first().fill('haggling');
  await demo.getByRole('button', { name: 'Save' }).click();
  await expect(demo.getByRole('alert')).toHaveText('Another stage has this name.');
  await demo.getByRole('button', { name: 'Discard changes' }).click();
  await expect(row('proposal').getByRole('textbox').first()).toHaveValue('');
  await expect(row('proposal').getByRole('textbox').nth(1)).toHaveValue('55');
  const stages = saved.map(({ stage, label, isHidden, probability }) => ({
    stage,
    label,
    isHidden,
    probability,
  }));
  await api.pipeline.saveStages({ stages });
});

test('a custom field is made, used, ordered, changed, archived and brought back', async ({
  demo,
  demoApp,
  api,
}) => {
  await openAt(demo, demoApp.app.origin, '/settings/fields');
  await demo.getByRole('tab', { name: 'Contacts' }).click();
  const add = async (name: string, type: string) => {
    await demo.getByRole('button', { name: 'New field' }).click();
    const dialog = demo.getByRole('dialog', { name: 'New field' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: /^Type/ }).click();
    await demo.getByRole('menuitemradio', { name: type, exact: true }).click();
    return dialog;
  };
  const dialog = await add('Territory', 'One option');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Give at least one option.');
  await dialog.getByRole('textbox', { name: 'Options' }).fill('North\nSouth');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  const second = await add('Badge number', 'Number');
  await second.getByRole('button', { name: 'Create' }).click();
  const rows = demo.locator('[data-custom-field]');
  await expect(rows).toHaveCount(2);
  await demo.getByRole('button', { name: 'Move Badge number' }).focus();
  await moveInOrder(demo, 'ArrowUp');
  await expect(rows.first()).toContainText('Badge number');

  const { record } = await api.contacts.create({
    values: { lastName: 'Territorial', customFields: { territory: 'North' } },
  });
  await demo.goto(`${demoApp.app.origin}/#/contacts/${record.id}`);
  const territory = demo.locator('[data-field="custom.territory"]');
  await territory.getByRole('button').click();
  await demo.getByRole('option', { name: 'South' }).click();
  await expect(territory.getByRole('button')).toHaveText('South');

  await demo.goto(`${demoApp.app.origin}/#/settings/fields`);
  await demo.getByRole('tab', { name: 'Contacts' }).click();
  await demo.getByRole('button', { name: 'Edit Territory' }).click();
  const editing = demo.getByRole('dialog', { name: 'Edit Territory' });
  await editing.getByRole('textbox', { name: 'Name' }).fill('Sales region');
  await editing.getByRole('button', { name: 'Save' }).click();
  await expect(rows.nth(1)).toContainText('Sales region');
  await demo.getByRole('button', { name: 'Archive Sales region' }).click();
  await expect(demo.getByRole('heading', { name: 'Archived' })).toBeVisible();
  await demo.getByRole('button', { name: 'Restore' }).click();
  await expect(demo.getByRole('button', { name: 'Archive Sales region' })).toBeVisible();
  expect((await api.contacts.get({ id: record.id })).customFields).toEqual({ territory: 'South' });
  for (const key of ['territory', 'badge_number']) await api.customFields.remove({ object: 'contacts', key });
});

test('a backup is made in the window, cancelled or proven, and its facts are copied for support', async ({
  demo,
  demoApp,
  api,
}) => {
  await demo.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAt(demo, demoApp.app.origin, '/settings/data');
  await expect(demo.getByText('None yet.')).toBeVisible();
  const backUp = demo.getByRole('button', { name: 'Back up now' });
  await backUp.click();
  await expect(demo.getByRole('progressbar')).toBeVisible();
  await demo.getByRole('button', { name: 'Cancel' }).click();
  await expect(demo.getByText('Backup cancelled. Nothing of it was kept.')).toBeVisible();
  expect((await api.storage.facts({})).lastBackup).toBeNull();

  await backUp.click();
  // It goes on while its person looks at something else.
  await demo.getByRole('link', { name: 'Appearance' }).click();
  await demo.getByRole('link', { name: 'Data', exact: true }).click();
  const made = demo.getByRole('status').filter({ hasText: /restored elsewhere and (compared|checked)/ });
  await expect(made).toBeVisible();
  const { lastBackup } = await api.storage.facts({});
  await expect(made).toContainText(lastBackup?.file ?? 'no file');
  await expect(demo.getByText('None yet.')).toHaveCount(0);

  await demo.getByRole('button', { name: 'Copy as text' }).click();
  await expect(demo.getByText('Copied', { exact: true })).toBeVisible();
  expect(await demo.evaluate(() => navigator.clipboard.readText())).toContain('Verified backup');
});
