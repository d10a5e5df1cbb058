// What every page can do with a script, whether the browser takes it over or not: hand something on with the device's
// own sheet, and send a post later that was sent without a connection. Without this script pages do the rest all the same.
(() => {
  const { member = "", texts: said = "" } = document.currentScript.dataset;
  const texts = said.split("|");

  // The button is out of sight where there is no such sheet. Only a title and an address go along.
  if (navigator.share) {
    document.documentElement.classList.add("can-share");
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-share]");
      if (!button) return;
      const { share: title, url } = button.dataset;
      navigator.share({ title, url }).catch(({ name }) => {
        // Who closes the sheet has chosen; where it does not open, the other ways do.
        if (name !== "AbortError") button.nextElementSibling.open = true;
      });
    });
  }

  // A post that was sent without a connection is kept under its draft's key. The server makes one post of a draft,
  // however often it arrives. Whoever signs out leaves none of it here (what begins with "noaber:" goes).
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const AGAIN = 30_000;
  const mine = `noaber:${member}:later:`;
  const copy = `noaber:${member}:bericht`;
  const kept = (() => {
    try {
      return localStorage;
    } catch {
      return undefined;
    }
  })();
  if (!kept) return;

  // What this page itself was told to send: another tab may have been faster.
  let ordered;
  let again;

  const writing = () => document.querySelector("form#schrijf");
  const draftOf = (form) => form?.elements.concept?.value ?? "";
  const read = (key) => JSON.parse(kept.getItem(key) ?? "null");
  const write = (key, entry) => {
    try {
      kept.setItem(key, JSON.stringify(entry));
    } catch {
      // No room: it goes for as long as this page is open.
    }
  };
  const waiting = (beginning) =>
    Array.from({ length: kept.length }, (_, index) => kept.key(index)).filter((key) => beginning.test(key));
  const own = () => (member ? waiting(new RegExp(`^${mine}`)) : []);

  function drop(draft) {
    if (ordered?.key === mine + draft) ordered = undefined;
    kept.removeItem(mine + draft);
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form !== writing() || event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
    const draft = draftOf(form);
    if (navigator.onLine || !member || !draft) {
      drop(draft);
      return;
    }
    event.preventDefault();
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const title = (fields.find(([name]) => name === "draft[title]") ?? ["", ""])[1].trim();
    ordered = { key: mine + draft, entry: { at: Date.now(), title, fields } };
    const { key, entry } = ordered;
    write(key, entry);
    // The page keeps a copy of what is typed, which is no draft any more once the post has arrived: first it does.
    setTimeout(() => {
      entry.copy = kept.getItem(copy);
      if (ordered?.entry === entry) write(key, entry);
    });
  });

  // Typing on takes the order back.
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form#schrijf");
    if (form) drop(draftOf(form));
  });

  async function send(key) {
    const entry = (ordered?.key === key ? ordered.entry : undefined) ?? read(key);
    if (!entry || entry.refused) return;
    if (entry.at < Date.now() - WEEK) {
      refused(key, entry, 410);
      return;
    }
    let answer;
    try {
      const body = new URLSearchParams([...entry.fields, ["writer", member]]);
      answer = await fetch("/api/posts/create", { method: "POST", headers: { accept: "application/json" }, body });
    } catch {
      answer = undefined;
    }
    // Not reached, too busy, or too often: it waits.
    if (!answer || answer.status >= 500 || answer.status === 429) {
      clearTimeout(again);
      again = setTimeout(deliver, AGAIN);
    } else if (answer.ok && answer.headers.get("location")) arrived(key, entry, answer.headers.get("location"));
    else refused(key, entry, answer.status);
  }

  function arrived(key, entry, to) {
    const here = mine + draftOf(writing()) === key;
    drop(key.slice(mine.length));
    if (entry.copy && kept.getItem(copy) === entry.copy) kept.removeItem(copy);
    if (here) {
      location.assign(to);
      return;
    }
    const [posted, held, planned, see] = texts;
    const isPlanned = to.includes("gepland");
    const text = isPlanned ? planned : to.includes("wacht=") ? held : posted;
    say(key, named(text, entry), see, isPlanned ? "/account/concepten" : to);
  }

  // Nothing is sent again unless its writer presses the button again: the form has everything that was in it.
  function refused(key, entry, status) {
    ordered = undefined;
    entry.refused = status;
    write(key, entry);
    tell(key, entry);
  }

  function tell(key, entry) {
    const [, , , , notPosted, open, signedOut, signIn] = texts;
    const form = back(key.slice(mine.length));
    if (entry.refused === 401) say(key, named(signedOut, entry), signIn, `/aanmelden?terug=${encodeURIComponent(form)}`);
    else say(key, named(notPosted, entry), open, form);
  }

  // The form, which is then not sent by itself.
  const back = (draft) => `/berichten/nieuw?concept=${draft}&opnieuw=1`;
  const named = (text, entry) => text.replace("{title}", () => entry.title);

  // Nothing is put into a page before the browser has taken it over.
  const taken = new Promise((done) => {
    const { body } = document;
    const look = () => {
      if (body.hasAttribute("data-hydrated") || body.hasAttribute("data-quiet")) {
        watch.disconnect();
        done();
      }
    };
    const watch = new MutationObserver(look);
    watch.observe(body, { attributes: true });
    look();
  });

  async function say(key, text, label, href) {
    await taken;
    const place = document.getElementById("later");
    if (!place) return;
    const line = document.createElement("div");
    line.className = "toast";
    line.dataset.about = key;
    const words = document.createElement("p");
    words.textContent = text;
    const link = document.createElement("a");
    link.className = "toast__button";
    link.href = href;
    link.rel = "external";
    link.textContent = label;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__button";
    close.textContent = texts.at(-1);
    close.addEventListener("click", () => line.remove());
    line.append(words, link, close);
    place.querySelector(`[data-about="${key}"]`)?.remove();
    place.append(line);
  }

  async function deliver() {
    if (!navigator.onLine || !member) return;
    const all = async () => {
      for (const key of new Set([...own(), ...(ordered ? [ordered.key] : [])])) await send(key);
    };
    // One tab after the other.
    await (navigator.locks ? navigator.locks.request("noaber later", all) : all());
  }

  function begin() {
    if (!member) {
      // Whose it is, and what is in it, is nobody else's business.
      const [key] = waiting(/^noaber:[^:]+:later:/);
      const [text, signIn] = texts;
      if (key) say(key, text, signIn, `/aanmelden?terug=${encodeURIComponent(back(key.split(":").at(-1)))}`);
      return;
    }
    if (new URLSearchParams(location.search).has("opnieuw")) drop(draftOf(writing()));
    for (const key of own()) {
      const entry = read(key);
      if (entry.refused && entry.at < Date.now() - 2 * WEEK) kept.removeItem(key);
      else if (entry.refused) tell(key, entry);
    }
    deliver();
  }

  addEventListener("online", deliver);
  addEventListener("pageshow", begin);
})();
