// What a page must be. Each check reports sentences.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// How many elements the tabulator key is followed through.
const MOST_TABS = 60;

export async function accessibility(page, report) {
  // `evaluate` is not bound by the page's policy; a script element would be.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    // Preloading would copy style sheets into the page, which its policy forbids.
    (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false }),
    AXE_TAGS,
  );
  for (const { id, help, nodes } of violations) {
    const places = nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ');
    report(`axe ${id}: ${help} (${nodes.length}: ${places})`);
  }
}

export async function width(page, report) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  if (content > window) report(`scrolls sideways: ${content} px in a window of ${window} px`);
}

// Links and parts that lead to nothing. Under a path of its own, also those that leave it.
export async function links(page, server, report) {
  const targets = await page.evaluate(() => [
    ...[...document.querySelectorAll('a[href], area[href], link[href]')].map((element) => element.href),
    ...[...document.querySelectorAll('[src]')].map((element) => element.src),
  ]);
  for (const target of new Set(targets)) {
    const { origin, pathname } = new URL(target);
    const isItself = pathname === new URL(page.url()).pathname;
    if (origin === server.origin && !isItself && !server.has(pathname)) report(`leads to nothing: ${pathname}`);
  }
}

// A table that looks like something else must still be heard as one.
export async function tables(page, report) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const heard = (role) => nodes.filter((node) => !node.ignored && node.role?.value === role).length;
  const seen = await page.evaluate(() => {
    const count = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
    return { row: count('tr'), cell: count('td'), columnheader: count('th[scope=col]') };
  });
  for (const [role, number] of Object.entries(seen)) {
    if (heard(role) !== number) report(`of ${number} elements that are a \`${role}\`, ${heard(role)} are heard as one`);
  }
}

// Follows the tabulator key: something must take the focus, it must be seen, and it must look different from before.
export async function keyboard(page, report) {
  await page.evaluate(() => {
    const look = (element) => {
      const style = getComputedStyle(element);
      return [style.outlineStyle !== 'none' && style.outlineWidth, style.boxShadow, style.backgroundColor,
        style.borderColor, style.textDecorationLine, style.color].join('/');
    };
    const focusable = document.querySelectorAll('a[href], button, input, select, summary, textarea, [tabindex]');
    const before = new Map([...focusable].map((element) => [element, look(element)]));
    globalThis.describeFocus = () => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const box = element.getBoundingClientRect();
      return {
        name: `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 30)}"`,
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        differs: look(element) !== before.get(element),
      };
    };
  });
  let reached = 0;
  for (; reached < MOST_TABS; reached += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => globalThis.describeFocus());
    if (!focus) break;
    if (!focus.seen) report(`the focus is out of sight on ${focus.name}`);
    if (!focus.differs) report(`the focus cannot be seen on ${focus.name}`);
  }
  if (reached === 0) report('the tabulator key reaches nothing');
}

// Without scripts, a page must say what it says with them.
export async function sameText(page, withScripts, report) {
  const words = (text) => new Set(text.split(/\s+/));
  const without = words(await text(page));
  const lost = [...words(withScripts)].filter((word) => !without.has(word));
  // Times in the reader's own zone are an enhancement, so a few words may differ.
  if (lost.length > 0.1 * words(withScripts).size) {
    report(`without scripts it lacks: ${lost.slice(0, 10).join(' ')} …`);
  }
}

export const text = (page) => page.evaluate(() => document.body.innerText);
