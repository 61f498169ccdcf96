// Takes the pictures of the documentation from an internal and a public site, as they are at a time:
// node pictures.mjs INTERNAL_SITE PUBLIC_SITE OUT_DIR TIME
//
// NAME.png             those of the README, as customers see the pages; the board as responders do
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
// Those of the README; the home page in both schemes.
const SHOWN = { width: 700, height: 955 };
const SHOWN_PAGES = ['incident', 'service', 'maintenance', 'search'];
// Where the biggest page of a type is not the one to show.
const INSTEAD = { service: 'services/checkout/' };

const [siteFolder, publicFolder, outFolder, time] = process.argv.slice(2);
if (!siteFolder || !publicFolder || !outFolder || !time) {
  console.error('usage: node pictures.mjs INTERNAL_SITE PUBLIC_SITE OUT_DIR TIME');
  process.exit(2);
}
for (const folder of ['pages', 'languages']) mkdirSync(join(outFolder, folder), { recursive: true });

const site = readSite(resolve(siteFolder));
const chosen = choosePages(site).pages.filter(({ name }) => !name.startsWith('translated'));
const pages = chosen.map(({ name, path }) => ({ name, path: INSTEAD[name] ?? path }));
pages.push({ name: '404', path: '404.html' });
const server = await serve(site, '/');
const customers = await serve(readSite(resolve(publicFolder)), '/');
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
const pathOf = (name) => pages.find((page) => page.name === name).path;
for (const name of SHOWN_PAGES) write(await take(FIRST, pathOf(name), SHOWN, 'light', customers), `${name}.png`);
write(await beside(await take(FIRST, '', SHOWN, 'light', customers), await take(FIRST, '', SHOWN, 'dark', customers)), 'home.png');
write(await take(FIRST, pathOf('board'), { width: 1100, height: 1640 }, 'light'), 'board.png');
await browser.close();
await server.close();
await customers.close();
console.log(`${pages.length} types of page in ${Object.keys(LANGUAGES).length} languages; pictures in ${outFolder}`);

// The top of a page.
async function take(tag, path, viewport, colorScheme, from = server) {
  const folder = tag === FIRST ? '' : `${tag}/`;
  const context = await browser.newContext({ viewport, colorScheme });
  // On a machine that is busy a picture may take its time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  // A page that is older than a day says so.
  await page.clock.setFixedTime(new Date(time));
  const isSearch = path.endsWith('search/');
  const query = isSearch ? `?q=${encodeURIComponent(LANGUAGES[tag])}` : '';
  await page.goto(`${from.origin}/${folder}${path}${query}`, { waitUntil: 'load' });
  if (isSearch) await page.locator('#results li').first().waitFor();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: viewport.width, height: Math.min(height, viewport.height) };
  const picture = await page.screenshot({ fullPage: true, clip });
  await context.close();
  return picture;
}

// Two pictures as one.
async function beside(left, right) {
  const page = await browser.newPage({ viewport: { width: 2 * SHOWN.width, height: SHOWN.height } });
  await page.setContent(`<body style="margin: 0; display: flex">${image(left)}${image(right)}`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

function image(bytes, height = '') {
  return `<img height="${height}" src="data:image/png;base64,${bytes.toString('base64')}" alt="">`;
}

// Small pictures with their names, side by side.
async function sheet(tiles) {
  const figures = tiles.map(({ name, wide, narrow }) => `<figure>${image(wide, HEIGHT)} ${image(narrow, HEIGHT)}<figcaption>${name}</figcaption></figure>`);
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
