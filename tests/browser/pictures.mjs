// Takes the pictures of docs/pictures.md from an internal site, as it is at a time: node pictures.mjs SITE_DIR OUT_DIR TIME
//
// pages/NAME.png       each type of page, in the first language
// languages/TAG.png    all of them in a language: wide and light, with the same narrow and dark beside it

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch } from './browser.mjs';
import { choosePages, readSite, serve } from './site.mjs';

// With a word to search for.
const LANGUAGES = { en: 'orders', ko: '주문', ja: '注文', it: 'ordini' };
const [FIRST] = Object.keys(LANGUAGES);
// What is cut off at the end of long pages is more of the same.
const PAGE = { width: 1000, height: 1250 };
const WIDE = { width: 1280, height: 960 };
const NARROW = { width: 320, height: 960 };
// Of the small pictures on a sheet.
const HEIGHT = 240;
const COLUMNS = 4;
// Where the biggest page of a type is not the one to show.
const INSTEAD = { service: 'services/checkout/' };

const [siteFolder, outFolder, time] = process.argv.slice(2);
if (!siteFolder || !outFolder || !time) {
  console.error('usage: node pictures.mjs SITE_DIR OUT_DIR TIME');
  process.exit(2);
}
for (const folder of ['pages', 'languages']) mkdirSync(join(outFolder, folder), { recursive: true });

const site = readSite(resolve(siteFolder));
const chosen = choosePages(site).pages.filter(({ name }) => !name.startsWith('translated'));
const pages = chosen.map(({ name, path }) => ({ name, path: INSTEAD[name] ?? path }));
pages.push({ name: '404', path: '404.html' });
const server = await serve(site, '/');
const browser = await launch();

for (const { name, path } of pages) {
  const picture = await take(FIRST, path, PAGE, 'light');
  write(picture, join('pages', `${name}.png`));
}
for (const tag of Object.keys(LANGUAGES)) {
  const tiles = [];
  for (const { name, path } of pages) {
    tiles.push({ name, wide: await take(tag, path, WIDE, 'light'), narrow: await take(tag, path, NARROW, 'dark') });
  }
  write(await sheet(tiles), join('languages', `${tag}.png`));
}
await browser.close();
await server.close();
console.log(`${pages.length} types of page in ${Object.keys(LANGUAGES).length} languages; pictures in ${outFolder}`);

// The top of a page.
async function take(tag, path, viewport, colorScheme) {
  const folder = tag === FIRST ? '' : `${tag}/`;
  const context = await browser.newContext({ viewport, colorScheme });
  // On a machine that is busy a picture may take its time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  // A page that is older than a day says so.
  await page.clock.setFixedTime(new Date(time));
  const isSearch = path.endsWith('search/');
  const query = isSearch ? `?q=${encodeURIComponent(LANGUAGES[tag])}` : '';
  await page.goto(`${server.origin}/${folder}${path}${query}`, { waitUntil: 'load' });
  if (isSearch) await page.locator('#results li').first().waitFor();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: viewport.width, height: Math.min(height, viewport.height) };
  const picture = await page.screenshot({ fullPage: true, clip });
  await context.close();
  return picture;
}

// Small pictures with their names, side by side.
async function sheet(tiles) {
  const image = (bytes) => `<img height="${HEIGHT}" src="data:image/png;base64,${bytes.toString('base64')}" alt="">`;
  const figures = tiles.map(({ name, wide, narrow }) => `<figure>${image(wide)} ${image(narrow)}<figcaption>${name}</figcaption></figure>`);
  const page = await browser.newPage({ viewport: { width: 100, height: 100 } });
  await page.setContent(`<style>
    body { display: inline-grid; grid-template-columns: repeat(${COLUMNS}, max-content); gap: 16px; margin: 16px; background: #8b93a1; }
    figure { margin: 0; }
    img { object-fit: cover; object-position: top; }
    figcaption { font: 600 13px sans-serif; color: #fff; }
  </style>${figures.join('')}`);
  const picture = await page.locator('body').screenshot();
  await page.close();
  return picture;
}

function write(picture, name) {
  writeFileSync(join(outFolder, name), picture);
}
