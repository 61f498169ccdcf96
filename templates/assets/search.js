// Search over the files below `search/`, which say in their first lines how they are made. Loads the pieces of the
// index that the typed words are in, and what to show of the documents that are shown.
(() => {
  "use strict";

  const PAGE = 10;
  const form = document.querySelector("form.search");
  const input = form.elements.q;
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const loaded = new Map();
  let latest = 0;
  let matches = [];

  const load = (path) => {
    if (!loaded.has(path)) {
      const answer = fetch(path).then((response) => response.ok ? response.json() : Promise.reject(response.status));
      answer.catch(() => loaded.delete(path));
      loaded.set(path, answer);
    }
    return loaded.get(path);
  };

  // What is typed, divided as the index is.
  const dense = "\\u3005-\\u3007\\u3041-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff";
  const isDense = new RegExp(`^[${dense}]`);
  const runs = new RegExp(`[${dense}]+|(?:(?![${dense}])[\\p{Alphabetic}\\p{N}])+`, "gu");
  const fold = (text) => text.normalize("NFC")
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/[\u00e0-\u00ff]/g, (c) => c.normalize("NFD")[0]);

  const terms = (text) => (fold(text).match(runs) ?? []).flatMap((run) => {
    const letters = [...run];
    if (!isDense.test(run)) return letters.length > 1 ? [{ text: letters.slice(0, 32).join(""), prefix: true }] : [];
    if (letters.length === 1) return [{ text: run, prefix: true }];
    return letters.slice(1).map((letter, i) => ({ text: letters[i] + letter, prefix: false }));
  });

  const shard = (term) => {
    const code = (c) => c.codePointAt(0);
    if (isDense.test(term)) return `cjk-${(code(term) >> 5).toString(16)}`;
    return [...term].slice(0, 2).map((c) => code(c) < 128 ? c : `u${code(c).toString(16)}`).join("");
  };

  // The documents of a term, each with whether the term is in the title.
  const documents = async ({ text, prefix }) => {
    const { shards } = await load("index.json");
    const name = shard(text);
    const all = new Map();
    if (!shards.includes(name)) return all;
    for (const [word, distances] of Object.entries(await load(`index/${name}.json`))) {
      if (prefix ? !word.startsWith(text) : word !== text) continue;
      let document = 0;
      for (const distance of distances) {
        document += distance >> 1;
        all.set(document, all.get(document) || distance & 1);
      }
    }
    return all;
  };

  // The documents that have all terms: most in the title first, then the newest.
  const find = async (query) => {
    const [first, ...others] = await Promise.all(query.map(documents));
    const score = (document) => [first, ...others].reduce((sum, term) => sum + term.get(document), 0);
    return [...first.keys()]
      .filter((document) => others.every((term) => term.has(document)))
      .map((document) => ({ document, score: score(document) }))
      .sort((a, b) => b.score - a.score || b.document - a.document)
      .map(({ document }) => document);
  };

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    return made;
  };

  const result = (shown) => {
    const item = element("li", "", { class: "short" });
    const box = element("div", "");
    const facts = element("p", "", { class: "facts" });
    facts.append(
      element("span", shown.status_text, { class: `status ${shown.status}` }),
      element("span", shown.kind),
      element("span", shown.began),
    );
    const link = element("a", shown.title, { href: `../${shown.path}`, lang: shown.lang });
    if (location.protocol === "file:") link.href += "index.html";
    box.append(link, facts, element("p", shown.excerpt, { class: "excerpt", lang: shown.excerpt_lang }));
    item.append(box);
    return item;
  };

  const showMore = async (turn) => {
    const { shown } = await load("index.json");
    const next = matches.slice(results.childElementCount, results.childElementCount + PAGE);
    const pieces = await Promise.all(next.map((number) => load(`docs/${Math.floor(number / shown)}.json`)));
    if (turn !== latest) return;
    results.append(...next.map((number, i) => result(pieces[i][number % shown])));
    more.hidden = results.childElementCount >= matches.length;
  };

  const search = async () => {
    const turn = latest += 1;
    const query = terms(input.value);
    history.replaceState(null, "", input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
    let said = input.value.trim() ? form.dataset.tooShort : "";
    let now = [];
    try {
      if (query.length > 0) {
        now = await find(query);
        said = now.length > 0 ? form.dataset.found.replace("{}", now.length) : form.dataset.foundNone;
      }
      if (turn !== latest) return;
      matches = now;
      results.replaceChildren();
      await showMore(turn);
    } catch {
      said = form.dataset.failed;
    }
    if (turn === latest) found.textContent = said;
  };

  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  more.addEventListener("click", async () => {
    const before = results.childElementCount;
    await showMore(latest);
    results.children[before]?.querySelector("a").focus();
  });

  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) search();
})();
