// What a student does in a lesson, in a line each: predict, mend the text, ask for a proof.
import assert from 'node:assert/strict';

export const editor = (page) => page.locator('#editor-text');
export const challenge = (page, title) => page.locator('.challenges > li', { hasText: title });
/** Waits for what every schedule comes to, and asks for it where the question comes first. */
export const verdict = async (page, is) => {
  const told = page.locator(`.panel-schedules [data-verdict="${is}"]`);
  const ask = page.locator('.question-first .btn').last();
  await told.or(ask).first().waitFor();
  if (await ask.isVisible()) await ask.click();
  await told.waitFor();
};

/** Asks for the proof of a challenge and waits until it is done. */
export const prove = async (page, title) => {
  const asked = challenge(page, title);
  await asked.getByRole('button', { name: 'Prove it' }).click();
  await asked.locator('.verdict.ok', { hasText: 'Proved' }).waitFor();
};

/** Asks for the proof of a challenge, which must fail. */
export const refuse = async (page, title) => {
  const asked = challenge(page, title);
  await asked.getByRole('button', { name: 'Prove it' }).click();
  await asked.locator('.verdict.bad').waitFor();
};

/** Asks for the runs of a challenge, which must all meet its goals, or must not. */
export const measure = async (page, title, is) => {
  const asked = challenge(page, title);
  await asked.getByRole('button', { name: 'Measure it' }).click();
  await asked.locator(`.verdict.${is}`).waitFor({ timeout: 60_000 });
  assert.equal(await asked.locator('.chip.ok').count() > 0, is === 'ok', title);
};

/** Puts something else in some places of the text, in the editor. */
export const mend = async (page, ...places) => {
  if (await editor(page).count() === 0) await page.getByRole('button', { name: 'Edit', exact: true }).click();
  // The charts may have taken its place.
  if (!await editor(page).isVisible()) await look(page, 'Code');
  let text = await editor(page).inputValue();
  for (const [from, to] of places) {
    assert.ok(text.includes(from), `the text has ${from}`);
    text = text.replace(from, to);
  }
  await editor(page).fill(text);
  await page.getByText('No mistakes.').waitFor();
};

/** Answers the question, and reads what is said to it. */
export const predict = async (page, answer, said) => {
  await page.locator('.answer', { hasText: answer }).click();
  await page.locator('.feedback .told', { hasText: said }).waitFor();
};

/** Chooses a value of a parameter: one of its names, a switch, or a place of its slider. */
export const choose = async (page, name) => {
  const button = page.locator('.panel-controls').getByRole('button', { name, exact: true });
  await button.click();
  await page.locator('.panel-controls .seg-button.on', { hasText: name }).first().waitFor();
};
export const turn = async (page, name, on = true) => {
  await page.locator('.panel-controls').getByRole('switch', { name }).setChecked(on);
};
export const slide = async (page, param, value, shown) => {
  await page.locator(`#param-${param}`).fill(`${value}`);
  await page.locator(`output[for="param-${param}"]`, { hasText: shown ?? `${value}` }).waitFor();
};

/** Opens one of the views, if it is not open. */
export const look = async (page, name) => {
  const button = page.locator('.panes').getByRole('button', { name, exact: true });
  if (await button.getAttribute('aria-pressed') !== 'true') await button.click();
};

/** Lets the clock run to the end, and waits until all of it is measured. */
export const run = async (page) => {
  await look(page, 'Charts');
  await page.locator('.charts-run').click();
  await page.locator('.charts-run:disabled').waitFor({ timeout: 60_000 });
};

/** A goal under the promises, by its words. */
export const goal = (page, words, is) => page
  .locator('.panel-promises .goal', { hasText: words }).locator(`.chip.${is}`).first().waitFor();

/** Plays a schedule of the text up to a step, and reads what the lesson says there. */
export const play = async (page, name, step, said) => {
  await page.locator('.named li', { hasText: name }).getByRole('button').click();
  await page.locator('.step-of', { hasText: /step [1-9]/ }).waitFor();
  await page.keyboard.press('Home');
  await page.locator('.step-of', { hasText: 'step 0 of' }).waitFor();
  for (let at = 1; at <= step; at += 1) {
    await page.keyboard.press('ArrowRight');
    await page.locator('.step-of', { hasText: `step ${at} of` }).waitFor();
  }
  await page.locator('.stop-bar .told.note', { hasText: said }).waitFor();
};
