// Nothing here is needed to read the site. It adds the reader's own clock, says when a page is old, and makes the
// site readable from a folder on disk.
(() => {
  "use strict";

  const body = document.body;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    time.title = body.dataset.local.replace("{}", clock.format(new Date(time.dateTime)));
  }

  const stale = document.querySelector(".stale");
  const warn = () => {
    const minutes = (Date.now() - new Date(body.dataset.asOf)) / 60000;
    stale.hidden = minutes < Number(body.dataset.staleAfter);
  };
  if (stale) {
    warn();
    setInterval(warn, 60000);
  }

  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href$='/']:not([href*=':'])")) {
      link.setAttribute("href", link.getAttribute("href") + "index.html");
    }
  }
})();
