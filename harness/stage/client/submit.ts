import type { Page } from 'playwright-core';
import type { Recognised } from '../user-agent/forms.ts';

/** Does in a real page what was recognised in its source: fills in what is seen, and presses the button. */
export async function submitIn(page: Page, recognised: NonNullable<Recognised>): Promise<void> {
  if ('link' in recognised) {
    await page
      .locator(`a[href=${JSON.stringify(recognised.link)}]`)
      .first()
      .click();
    return;
  }
  const { fields, button } = recognised.submit;
  const names = recognised.form.fields.map(({ name }) => name);
  // The form that has all of its fields.
  let form = page.locator('form');
  for (const name of names.filter(Boolean)) form = form.filter({ has: page.locator(`[name=${JSON.stringify(name)}]`) });
  const shownForm = form.first();
  for (const [name, value] of Object.entries(fields)) {
    const field = shownForm.locator(`[name=${JSON.stringify(name)}]:not([type=hidden])`).first();
    if ((await field.getAttribute('type')) === 'checkbox') await field.check();
    else await field.fill(value);
  }
  const pressed =
    button === undefined || (button.name === '' && button.label === '')
      ? shownForm.locator('button, [type=submit]')
      : button.name === ''
        ? shownForm.locator('button, [type=submit]').filter({ hasText: button.label })
        : shownForm.locator(`[name=${JSON.stringify(button.name)}][value=${JSON.stringify(button.value)}]`);
  await pressed.first().click({ noWaitAfter: true });
}
