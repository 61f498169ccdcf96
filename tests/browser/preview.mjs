// Uses the preview server as an author does: node preview.mjs GIT_INCIDENT ARCHIVE OUT_DIR
//
// Serves a copy of the archive, breaks and mends a record while a page is open, and looks at what the browser shows.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { launch, watch } from './browser.mjs';
import { accessibility } from './checks.mjs';

const [program, archive, outFolder] = process.argv.slice(2);
if (!program || !archive || !outFolder) {
  console.error('usage: node preview.mjs GIT_INCIDENT ARCHIVE OUT_DIR');
  process.exit(2);
}
mkdirSync(outFolder, { recursive: true });
const copy = mkdtempSync(join(tmpdir(), 'git-incident-preview-'));
for (const part of ['incident.yaml', 'incidents', 'schemas', 'templates']) {
  if (existsSync(join(archive, part))) cpSync(join(archive, part), join(copy, part), { recursive: true });
}
const record = newestPublicIncident();
const page = `/incidents/${basename(dirname(record))}/`;
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
  await withPreview(async (tab, status) => {
    assert.equal(status, 200, `the archive builds and shows ${page}`);
    await tab.evaluate(() => scrollTo(0, 100));

    writeFileSync(record, bad);
    const report = tab.locator('section[role=alert] pre');
    await report.waitFor();
    assert.match(await report.textContent(), /<b>not closed/);
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme });
      await tab.screenshot({ path: join(outFolder, `preview-broken-${colorScheme}.png`) });
      await accessibility(tab, (finding) => findings.push(`banner, ${colorScheme}: ${finding}`));
    }

    writeFileSync(record, good);
    await report.waitFor({ state: 'detached' });

    writeFileSync(record, good.replace(/^title:.*\n( .*\n)*/m, 'title: Changed while you watch\n'));
    await tab.getByText('Changed while you watch').first().waitFor();
    // A reload keeps the place.
    await tab.waitForFunction(() => scrollY === 100);
    writeFileSync(record, good);
  });
}

async function startBroken() {
  writeFileSync(record, bad);
  await withPreview(async (tab, status) => {
    assert.equal(status, 500, 'there is no good site yet');
    assert.match(await tab.locator('pre').textContent(), /<b>not closed/);
    for (const colorScheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme });
      await tab.screenshot({ path: join(outFolder, `preview-never-built-${colorScheme}.png`) });
      await accessibility(tab, (finding) => findings.push(`error page, ${colorScheme}: ${finding}`));
    }
    writeFileSync(record, good);
    await tab.locator('pre[role=alert]').waitFor({ state: 'detached' });
  });
}

function newestPublicIncident() {
  const records = readdirSync(copy, { recursive: true })
    .filter((path) => basename(path) === 'incident.md')
    .map((path) => join(copy, path))
    .filter((path) => /^visibility: public$/m.test(readFileSync(path, 'utf8')));
  assert.ok(records.length > 0, 'the archive has a public incident');
  return records.sort().at(-1);
}

// Starts the preview, opens the record's page, and ends it as Ctrl-C does.
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
  const tab = await browser.newPage({ viewport: { width: 1000, height: 400 } });
  watch(tab, address, (finding) => findings.push(finding));
  try {
    const answer = await tab.goto(address + page);
    await use(tab, answer.status());
  } finally {
    await tab.close();
    server.kill('SIGINT');
  }
  assert.equal(await ended, 0, 'Ctrl-C ends the preview in peace');
}
