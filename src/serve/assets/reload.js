// Reloads the page when the site was built again, and shows why when it could not be.
(() => {
  'use strict';

  // The build that this page is from; empty on the page that is shown before any build has worked.
  const build = document.currentScript.dataset.build;
  let events = null;
  let banner = null;

  function receive(message) {
    const now = JSON.parse(message.data);
    if (now.build !== build) {
      location.reload();
    } else {
      show(now.trouble);
    }
  }

  function show(trouble) {
    const errorPage = document.getElementById('git-incident-trouble');
    if (errorPage) {
      errorPage.textContent = trouble;
      return;
    }
    banner?.remove();
    banner = trouble === null ? null : makeBanner(trouble);
    if (banner) document.body.append(banner);
  }

  // In a shadow tree, so that the styles of the site and of the banner leave each other alone.
  function makeBanner(trouble) {
    const style = element('link', '');
    style.rel = 'stylesheet';
    style.href = '/__git-incident/trouble.css';
    const details = element('details', '');
    details.open = true;
    const report = element('pre', trouble);
    report.tabIndex = 0;
    details.append(element('summary', 'There are errors. This page may be from before the last change.'), report);
    const section = element('section', '');
    section.setAttribute('role', 'alert');
    section.append(details);
    const host = element('div', '');
    host.attachShadow({ mode: 'open' }).append(style, section);
    return host;
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // Browsers open few connections to one server. Tabs that nobody looks at must not use them up;
  // a tab that comes back is told at once what it missed.
  function listen() {
    events?.close();
    events = null;
    if (document.visibilityState === 'visible') {
      events = new EventSource('/__git-incident/events');
      events.onmessage = receive;
    }
  }

  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', listen);
  addEventListener('pagehide', () => events?.close());
})();
