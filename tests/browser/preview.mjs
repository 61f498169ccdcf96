// Uses the preview server as an author does: node preview.mjs GIT_INCIDENT ARCHIVE OUT_DIR
//
// Serves a copy of the archive, breaks and mends a record while a page is open, and looks at what the browser shows.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launch, watch } from './browser.mjs';
import { accessibility } from './checks.mjs';

const [program, archive, outFolder] = process.argv.slice(2);
if (!program || !archive || !outFolder) {
  console.error('usage: node preview.mjs GIT_INCIDENT ARCHIVE OUT_DIR');
  process.exit(2);
}
mkdirSync(outFolder, { recursive: true });
const copy = mkdtempSync(join(tmpdir(), 'git-incident-preview-'));
cpSync(archive, copy, { recursive: true });
const record = join(copy, readdirSync(copy, { recursive: true }).filter((path) => path.endsWith('incident.md')).sort().at(-1));
const good = readFileSync(record, 'utf8');
const bad = good.replace('\n---', '\ntitel: [<b>not closed\n---');

const browser = await launch();
const findings = [];
try {
  await breakAndMend();
  await startBroken();
} finally {
  await browser.close();
  rmSync(copy, { recursive: true });
}
for (const finding of findings) console.log(finding);
console.log(`the preview was used, ${findings.length} findings; pictures in ${outFolder}`);
process.exit(findings.length > 0 ? 1 : 0);

async function breakAndMend() {
  await withPreview(async (page) => {
    await page.evaluate(() => { globalThis.sinceLoad = true; scrollTo(0, 200); });
    const scrolled = await page.evaluate(() => scrollY);

    writeFileSync(record, bad);
    const report = page.locator('section[role=alert] pre');
    await report.waitFor();
    assert.match(await report.textContent(), /<b>not closed/);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(outFolder, `preview-broken-${colorScheme}.png`) });
      await accessibility(page, (finding) => findings.push(`banner, ${colorScheme}: ${finding}`));
    }

    writeFileSync(record, good);
    await report.waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => globalThis.sinceLoad), true, 'nothing changed, so nothing reloads');

    const changed = good.replace(/^title: .*$/m, 'title: Mended while you watch');
    writeFileSync(record, changed);
    await page.getByText('Mended while you watch').first().waitFor();
    assert.equal(await page.evaluate(() => scrollY), scrolled, 'a reload keeps the place');
    writeFileSync(record, good);
  });
}

async function startBroken() {
  writeFileSync(record, bad);
  await withPreview(async (page) => {
    assert.match(await page.locator('pre').textContent(), /<b>not closed/);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(outFolder, `preview-never-built-${colorScheme}.png`) });
      await accessibility(page, (finding) => findings.push(`error page, ${colorScheme}: ${finding}`));
    }
    writeFileSync(record, good);
    await page.locator('pre[role=alert]').waitFor({ state: 'detached' });
  });
}

// Starts the preview, opens its home page, and ends it as Ctrl-C does.
async function withPreview(use) {
  const server = spawn(resolve(program), ['serve', '--port', '0'], { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolved) => server.on('exit', (code, signal) => resolved(code ?? signal)));
  const address = await new Promise((found, failed) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      const match = text.match(/http:\/\/[^\s/]+/);
      if (match) found(match[0]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    ended.then(() => failed(new Error(`the preview did not start: ${text}`)));
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
  watch(page, address, (finding) => findings.push(finding));
  await page.goto(address);
  await use(page);
  await page.close();
  server.kill('SIGINT');
  assert.equal(await ended, 0, 'Ctrl-C ends the preview in peace');
}
