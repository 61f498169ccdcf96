// Looks at a built site in a real browser: node look.mjs SITE_DIR OUT_DIR
//
// Takes a picture of one page of each type, light and dark, narrow and wide, and once without scripts; checks each;
// searches in every language; looks whether every other page fits into the narrowest window, too; then checks the site once
// more under a path of its own. Ends with 1 if anything was found.

import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, watch } from './browser.mjs';
import * as checks from './checks.mjs';
import { search } from './search.mjs';
import { choosePages, readSite, serve } from './site.mjs';

const WIDTHS = [320, 1440];
const SCHEMES = ['light', 'dark'];
const HIGHEST_PICTURE = 12_000;
const PATIENCE = 120_000;

const [siteFolder, outFolder] = process.argv.slice(2);
if (!siteFolder || !outFolder) {
  console.error('usage: node look.mjs SITE_DIR OUT_DIR');
  process.exit(2);
}
if (!existsSync(siteFolder)) {
  console.error(`There is no folder ${siteFolder}. \`git-incident build --out ${siteFolder}\` makes a site.`);
  process.exit(2);
}
mkdirSync(outFolder, { recursive: true });

const site = readSite(resolve(siteFolder));
const { pages, missing } = choosePages(site);
// The 404 page is shown in place of any page, however deep.
pages.push({ name: '404', path: 'no/such/page/' });

// What was found, and in which looks.
const findings = new Map();
const reporter = (look) => (sentence) => findings.set(sentence, (findings.get(sentence) ?? new Set()).add(look));
for (const name of missing) reporter('site')(`has no page of the type \`${name}\``);
let looks = 0;

const browser = await launch();
const root = await serve(site, '/');
for (const page of pages) {
  for (const width of WIDTHS) {
    await Promise.all(SCHEMES.map((scheme) => lookWithScripts(page, width, scheme)));
  }
  await lookWithoutScripts(page);
}
await search(browser, root, site, reporter('search'));
await lookWhetherAllFit();
await root.close();

// Its 404 page is left out: it cannot know how deep it is shown, so it is made for one place.
const below = await serve(site, '/below/here/');
for (const page of pages.filter(({ name }) => name !== '404')) await lookBelow(page);
await below.close();
await browser.close();

for (const [finding, where] of findings) console.log(`${finding}\n    in ${[...where].join(', ')}`);
console.log(`${looks} looks at ${pages.length} types of page, ${findings.size} findings; pictures in ${outFolder}`);
process.exit(findings.size > 0 ? 1 : 0);

async function lookWithScripts({ name, path }, width, scheme) {
  const look = `${name}-${scheme}-${width}`;
  const report = reporter(look);
  await withPage(root, path, { width, scheme }, report, async (page) => {
    await takePicture(page, look);
    await checks.width(page, report);
    await checks.links(page, root, report);
    await checks.tables(page, report);
    await checks.accessibility(page, report);
    await checks.keyboard(page, report);
  });
}

async function lookWithoutScripts({ name, path }) {
  let withScripts = '';
  const report = reporter(`${name}-noscript`);
  await withPage(root, path, {}, report, async (page) => {
    withScripts = await checks.text(page);
  });
  await withPage(root, path, { scripts: false }, report, async (page) => {
    await takePicture(page, `${name}-noscript`);
    await checks.width(page, report);
    await checks.sameText(page, withScripts, report);
  });
}

// Titles differ, and so do the lengths of words between languages.
async function lookWhetherAllFit() {
  const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: 900 } });
  const page = await context.newPage();
  for (const path of site.sizes.keys()) {
    if (!path.endsWith('.html')) continue;
    await page.goto(`${root.origin}/${path}`, { waitUntil: 'load' });
    await checks.width(page, reporter(path));
  }
  await context.close();
}

async function lookBelow({ name, path }) {
  const report = reporter(`${name} under ${below.base}`);
  await withPage(below, path, {}, report, (page) => checks.links(page, below, report));
}

async function withPage(server, path, { width = 1440, scheme = 'light', scripts = true }, report, use) {
  looks += 1;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
  });
  // On a machine that is busy a picture may take its time.
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  watch(page, server.origin, report);
  await page.goto(`${server.origin}${server.base}${path}`, { waitUntil: 'load' });
  await use(page);
  await context.close();
}

async function takePicture(page, name) {
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(height, HIGHEST_PICTURE) };
  await page.screenshot({ path: join(outFolder, `${name}.png`), fullPage: true, clip });
}
