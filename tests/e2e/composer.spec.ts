import { expect, openAt, test } from './fixtures.ts';

/** Which key opens each; a note begins in its text and has no need of a subject. */
const kinds = [
  { key: 'l', kind: 'call', subject: 'Call by keyboard' },
  { key: 'm', kind: 'meeting', subject: 'Meeting by keyboard' },
  { key: 'e', kind: 'email', subject: 'Email by keyboard' },
  { key: 'n', kind: 'note', subject: null },
] as const;

for (const { key, kind, subject } of kinds) {
  test(`${kind}: logged without the mouse`, async ({ demo, demoApp, api }) => {
    const { record } = await api.accounts.create({ values: { name: `Keyboard ${kind}` } });
    await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
    await demo.getByRole('heading', { level: 1 }).waitFor();
    await demo.keyboard.press(key);
    const form = demo.getByRole('form', { name: 'Log an activity' });
    if (subject) {
      await expect(form.getByRole('textbox', { name: 'Subject' })).toBeFocused();
      await demo.keyboard.type(subject);
      await demo.keyboard.press('Tab');
    }
    await expect(form.getByRole('textbox', { name: 'Text' })).toBeFocused();
    await demo.keyboard.type(`What the ${kind} was about`);
    if (kind === 'call' || kind === 'meeting') {
      const minutes = form.getByRole('textbox', { name: 'Minutes' });
      while (!(await minutes.evaluate((box) => box === document.activeElement))) {
        await demo.keyboard.press('Tab');
      }
      await demo.keyboard.type('25');
    }
    await demo.keyboard.press('Control+Enter');
    const entry = demo.locator(`article[data-kind="${kind}"]`);
    await expect(entry).toContainText(`What the ${kind} was about`);
    if (subject) await expect(entry).toContainText(subject);
    if (kind === 'call' || kind === 'meeting') await expect(entry).toContainText('25 min');
    await expect(form).toBeHidden();
    const logged = await api.timeline.list({ object: 'accounts', id: record.id, kinds: [kind] });
    expect(logged.entries).toHaveLength(1);
  });
}

test('Escape keeps a draft, and the same key goes on with it', async ({ demo, demoApp, api }) => {
  const { record } = await api.accounts.create({ values: { name: 'Draft' } });
  await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
  await demo.getByRole('heading', { level: 1 }).waitFor();
  const subject = demo.getByRole('textbox', { name: 'Subject' });
  await demo.keyboard.press('m');
  await expect(subject).toBeFocused();
  await demo.keyboard.type('Half a thought');
  await demo.keyboard.press('Escape');
  await expect(subject).toBeHidden();
  await demo.keyboard.press('m');
  await expect(subject).toHaveValue('Half a thought');
});
