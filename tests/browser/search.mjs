// Searches as a reader does, in every language of the site: words of an incident must lead to it, by keyboard alone,
// and load only what they need.

import { watch } from './browser.mjs';

// What a search may ask for: the overview, one piece of the index a term, and what to show of ten results.
const MOST_FILES = 20;

export async function search(browser, server, site, report) {
  const pages = [...site.sizes.keys()].map((path) => /^(.*\/)?search\/index\.json$/.exec(path)).filter(Boolean);
  for (const [, folder = ''] of pages) {
    await searchIn(browser, server, site, folder, (sentence) => report(`search in /${folder}: ${sentence}`));
  }
}

async function searchIn(browser, server, site, folder, report) {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 } });
  const page = await context.newPage();
  watch(page, server.origin, report);
  const incident = biggestIncident(site, folder);
  await page.goto(`${server.origin}${server.base}${incident}`);
  const words = await wordsOf(page);

  const asked = [];
  await page.goto(`${server.origin}${server.base}${folder}search/`);
  page.on('request', (request) => asked.push(request.url()));
  await page.focus('#words');
  await page.keyboard.type(words);
  await page.waitForFunction(() => document.querySelector('#found').textContent !== '', null, { timeout: 5000 })
    .catch(() => report(`"${words}" is never answered`));
  const links = await page.evaluate(() => [...document.querySelectorAll('#results a')].map((link) => link.href));
  if (!links.some((link) => link.endsWith(`${server.base}${incident}`))) report(`"${words}" does not find ${incident}`);
  if (asked.length > MOST_FILES) report(`"${words}" loads ${asked.length} files`);

  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => document.activeElement.closest('#results') !== null);
  if (!focused) report('the results are not next to the field for the tabulator key');

  await page.fill('#words', 'zqxwv');
  await page.waitForFunction(() => document.querySelector('#results').childElementCount === 0, null, { timeout: 5000 })
    .catch(() => report('results of an earlier search stay'));
  await context.close();
}

function biggestIncident(site, folder) {
  const pages = [...site.sizes].filter(([path]) => path.startsWith(`${folder}incidents/`) && path.endsWith('/index.html'));
  pages.sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a.localeCompare(b));
  return pages[0][0].replace(/index\.html$/, '');
}

// Four letters in a row of a script without blanks, else the two longest words of what was said.
async function wordsOf(page) {
  const said = await page.evaluate(() => [...document.querySelectorAll('.updates .said:not([lang])')].map((p) => p.innerText).join(' '));
  const dense = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{4}/u.exec(said);
  if (dense) return dense[0];
  const longest = said.match(/\p{L}+/gu).sort((a, b) => b.length - a.length);
  return longest.slice(0, 2).join(' ').toUpperCase();
}
