// The browser, and what is watched on every page in it.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    console.error('No Chromium found. Install it (Debian: apt-get install chromium), or name it in CHROMIUM.');
    process.exit(2);
  }
  // As root, as in a container, Chromium runs only without its sandbox. It opens nothing but our own pages.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

// Reports what no page should do: say something on the console, fail to load a part, or ask another host.
export function watch(page, origin, report) {
  const own = (url) => url.startsWith(`${origin}/`) || url.startsWith('data:');
  page.on('console', (message) => {
    // The status of an error page is no news.
    const { url } = message.location();
    const isItsStatus = url === page.url() && message.text().includes('status of');
    if (!isItsStatus) report(`console ${message.type()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => report(`script error: ${error.message}`));
  page.on('request', (request) => {
    if (!own(request.url())) report(`request to another host: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // Whatever a page had not yet got when it was left is given up, as an icon, or the event stream of a preview.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') report(`failed (${why}): ${request.url()}`);
  });
  page.on('response', (response) => {
    const isPart = response.request().resourceType() !== 'document';
    if (isPart && response.status() >= 400) report(`${response.status()} for ${response.url()}`);
  });
}
