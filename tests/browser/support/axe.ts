/** What axe-core finds wrong on a page, as sentences; an empty list is what every state must have. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const SOURCE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
/** WCAG 2.1 A and AA: what JIS X 8341-3:2016 AA asks for, and a little more. */
const OPTIONS: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] };

interface Axe {
  run(options: RunOptions): Promise<AxeResults>;
}

export async function faults(page: Page): Promise<string[]> {
  // As a script of the debugger it needs no exception from the page's security policy.
  await page.evaluate(`window.axe || (() => { ${SOURCE} })()`);
  // Half faded in, everything has too little contrast. What breathes for as long as somebody speaks has no end.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
  const { violations } = await page.evaluate((options) => (window as unknown as { axe: Axe }).axe.run(options), OPTIONS);
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}
