// A built site: which of its pages to look at, and a loopback server for it.

import { createServer } from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

// Every type of page, and where its pages are. A site must have one of each that is not optional.
const PAGE_TYPES = [
  { name: 'home', pattern: /^index\.html$/ },
  { name: 'incident', pattern: /^incidents\/[^/]+\/index\.html$/ },
  { name: 'service', pattern: /^services\/[^/]+\/index\.html$/ },
  { name: 'history', pattern: /^history\/index\.html$/ },
  { name: 'month', pattern: /^history\/[^/]+\/index\.html$/ },
  { name: 'maintenance', pattern: /^maintenance\/index\.html$/ },
  { name: 'postmortems', pattern: /^postmortems\/index\.html$/ },
  { name: 'search', pattern: /^search\/index\.html$/ },
  { name: 'subscribe', pattern: /^subscribe\/index\.html$/ },
  { name: 'translated-home', pattern: /^[a-z]{2}\/index\.html$/, optional: true },
  { name: 'translated-maintenance', pattern: /^[a-z]{2}\/maintenance\/index\.html$/, optional: true },
  { name: 'translated-subscribe', pattern: /^[a-z]{2}\/subscribe\/index\.html$/, optional: true },
  { name: 'translated-incident', pattern: /^[a-z]{2}\/incidents\/[^/]+\/index\.html$/, optional: true },
];

// What an internal site has beside that.
const INTERNAL_TYPES = [
  { name: 'board', pattern: /^internal\/index\.html$/ },
  { name: 'triage', pattern: /^internal\/triage\/index\.html$/ },
  { name: 'records', pattern: /^internal\/incidents\/index\.html$/ },
  { name: 'records-of-month', pattern: /^internal\/history\/[^/]+\/index\.html$/ },
  { name: 'record', pattern: /^internal\/incidents\/[^/]+\/index\.html$/ },
  { name: 'deadlines', pattern: /^internal\/deadlines\/index\.html$/ },
  { name: 'actions', pattern: /^internal\/actions\/index\.html$/ },
  { name: 'findings', pattern: /^internal\/findings\/index\.html$/ },
  { name: 'reviews', pattern: /^internal\/postmortems\/index\.html$/ },
  { name: 'review', pattern: /^internal\/postmortems\/[^/]+\/index\.html$/ },
  { name: 'drills', pattern: /^internal\/drills\/index\.html$/ },
  { name: 'readiness', pattern: /^internal\/readiness\/index\.html$/ },
  { name: 'metrics', pattern: /^internal\/metrics\/index\.html$/ },
  { name: 'report', pattern: /^internal\/reports\/[^/]+\/index\.html$/ },
  { name: 'inside-search', pattern: /^internal\/search\/index\.html$/ },
  { name: 'translated-board', pattern: /^[a-z]{2}\/internal\/index\.html$/, optional: true },
  { name: 'translated-record', pattern: /^[a-z]{2}\/internal\/incidents\/[^/]+\/index\.html$/, optional: true },
  { name: 'translated-readiness', pattern: /^[a-z]{2}\/internal\/readiness\/index\.html$/, optional: true },
];

const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/vnd.microsoft.icon',
};

export function readSite(folder) {
  const sizes = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    sizes.set(path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''), statSync(path).size);
  }
  return { folder, sizes };
}

// One page of each type: the biggest, because it shows the most. `missing` are types that the site must have.
export function choosePages(site) {
  const pages = [];
  const missing = [];
  const types = site.sizes.has('internal/index.html') ? [...PAGE_TYPES, ...INTERNAL_TYPES] : PAGE_TYPES;
  for (const { name, pattern, optional } of types) {
    const found = [...site.sizes].filter(([path]) => pattern.test(path));
    found.sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a.localeCompare(b));
    if (found.length > 0) {
      pages.push({ name, path: found[0][0].replace(/index\.html$/, '') });
    } else if (!optional) {
      missing.push(name);
    }
  }
  return { pages, missing };
}

// Serves the site under a path such as `/` or `/below/here/`, as a static host does.
export async function serve(site, base) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const { status, file } = find(site, base, path);
    const headers = { 'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream' };
    if (status === 301) headers.location = `${path}/`;
    response.writeHead(status, headers);
    response.end(status === 301 || !site.sizes.has(file) ? '' : readFileSync(join(site.folder, file)));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    base,
    has: (path) => find(site, base, decodeURIComponent(path)).status < 400,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

function find(site, base, path) {
  const missing = { status: 404, file: '404.html' };
  if (!path.startsWith(base)) return missing;
  const name = path.slice(base.length);
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name;
  if (site.sizes.has(file)) return { status: 200, file };
  return site.sizes.has(`${file}/index.html`) ? { status: 301, file } : missing;
}
