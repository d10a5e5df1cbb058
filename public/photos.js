// Photos are sent in the background, one after the other, with what is done of each, a way to stop and a way to try
// again; large ones turn with the arrow keys. Without this script the buttons and links of the page do the same.

// A page that is drawn anew loads it again: it begins once.
window.noaberPhotos ??= (() => {
  const texts = (block) => block.dataset.texts.split("|");
  const isPhoto = (file) => file.type.startsWith("image/");

  document.addEventListener("change", (event) => {
    const block = event.target.closest?.("[data-photos]");
    if (block && event.target.name === "foto") chosen(block, event.target);
  });

  document.addEventListener("dragover", (event) => {
    if (event.target.closest?.("[data-photos]")) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const block = event.target.closest?.("[data-photos]");
    if (!block) return;
    event.preventDefault();
    take(block, [...event.dataTransfer.files].filter(isPhoto));
  });

  document.addEventListener("keydown", (event) => {
    const turn = { ArrowLeft: "prev", ArrowRight: "next", Escape: "close" }[event.key];
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (turn && plain) document.querySelector(`[data-turn="${turn}"]`)?.click();
  });

  function chosen(block, input) {
    const files = [...input.files];
    input.value = "";
    if (files.length) take(block, files);
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function take(block, files, kept = []) {
    let list = block.querySelector(".uploads");
    if (!list) {
      list = element("ul", "uploads");
      list.setAttribute("aria-live", "polite");
      block.append(list);
    }
    files.forEach((file, index) => list.append(line(block, file, kept[index] ?? keep(block, file))));
    work(block);
  }

  function line(block, file, kept) {
    const [stop] = texts(block);
    const item = element("li", "uploads__photo");
    const bar = element("progress", "uploads__done");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const button = element("button", "nl-button nl-button--subtle", stop);
    button.type = "button";
    button.onclick = () => {
      item.request?.abort();
      forget(item);
      item.remove();
      work(block);
    };
    item.append(element("span", "uploads__name", file.name), bar, button);
    item.file = file;
    item.kept = kept;
    item.dataset.state = "waits";
    return item;
  }

  // Sends the next one; when there is none left and nothing went wrong, the form comes back with the photos in it.
  function work(block) {
    const items = [...block.querySelectorAll(".uploads__photo")];
    const having = (state) => items.filter((item) => item.dataset.state === state);
    if (having("busy").length) return;
    const [next] = having("waits");
    if (next && !navigator.onLine) having("waits").forEach((item) => saidWhenKept(block, item));
    else if (next) send(block, next);
    else if (having("done").length && having("done").length === items.length) finish(block, items);
  }

  function send(block, item) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("foto", item.file);
    item.request = request;
    item.dataset.state = "busy";
    say(item, "");
    request.open("POST", "/fotos");
    request.setRequestHeader("accept", "text/plain");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) item.querySelector("progress").value = (100 * event.loaded) / event.total;
    };
    request.onload = () => {
      if (request.status === 201) {
        item.dataset.state = "done";
        item.dataset.key = request.responseText.trim();
        item.querySelector("progress").value = 100;
      } else failed(block, item, request.status);
      work(block);
    };
    request.onerror = () => {
      if (navigator.onLine) failed(block, item, 0);
      else item.dataset.state = "waits";
      work(block);
    };
    request.send(body);
  }

  function failed(block, item, status) {
    const [, again, broken, large, none] = texts(block);
    item.dataset.state = "failed";
    item.querySelector("progress").remove();
    item.querySelector(".uploads__name").after(
      element("span", "form__problem", { 413: large, 422: none }[status] ?? broken),
    );
    if (status === 413 || status === 422) {
      forget(item);
      return;
    }
    const retry = element("button", "nl-button nl-button--secondary", again);
    retry.type = "button";
    retry.onclick = () => {
      item.replaceWith(line(block, item.file, item.kept));
      work(block);
    };
    item.append(retry);
  }

  // Only what is kept may be left alone.
  async function saidWhenKept(block, item) {
    await item.kept;
    if (item.dataset.state === "waits" && !navigator.onLine) say(item, texts(block)[5]);
  }

  // What is said of a photo that waits.
  function say(item, text) {
    item.querySelector(".uploads__waits")?.remove();
    if (text) item.querySelector(".uploads__name").after(element("span", "uploads__waits meta", text));
  }

  // The photos that arrived are in the form now; it is sent as its writer asked, or comes back to be written on.
  async function finish(block, items) {
    await Promise.all(items.map(forget));
    put(block, items);
    const form = block.closest("form");
    const wanted = form.wanted;
    form.wanted = undefined;
    form.requestSubmit(wanted === "form" ? null : (wanted ?? block.querySelector("[formaction]")));
  }

  function put(block, items) {
    const list = block.dataset.photos;
    let index = block.querySelectorAll(`input[name^="${list}["][name$="[id]"]`).length;
    for (const item of items) {
      const key = element("input", "");
      key.type = "hidden";
      key.name = `${list}[${index++}][id]`;
      key.value = item.dataset.key;
      block.append(key);
      item.remove();
    }
  }

  // Whoever sends the form while photos are on their way, or wait for a connection, need not press again.
  addEventListener(
    "submit",
    (event) => {
      const block = event.target.querySelector?.("[data-photos]");
      if (!block || event.submitter?.hasAttribute("formaction")) return;
      const items = [...block.querySelectorAll(".uploads__photo")];
      if (items.some((item) => ["waits", "busy"].includes(item.dataset.state))) {
        event.preventDefault();
        event.stopImmediatePropagation();
        event.target.wanted = event.submitter ?? "form";
        told(block, texts(block)[6]);
      } else put(block, items.filter((item) => item.dataset.state === "done"));
    },
    true,
  );

  // Typing on takes the order back.
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form");
    if (form?.wanted) {
      form.wanted = undefined;
      told(form, "");
    }
  });

  function told(within, text) {
    let line = within.querySelector(".uploads-wait");
    if (!line) {
      line = element("p", "uploads-wait nl-paragraph");
      line.setAttribute("role", "status");
      within.append(line);
    }
    line.textContent = text;
  }

  addEventListener("online", () => document.querySelectorAll("[data-photos]").forEach(work));

  // Until they have arrived photos are kept on this device, for when the tab is closed or the connection lost.
  const WEEK = 7 * 24 * 60 * 60 * 1000;

  // Which form of whom: a draft has one writer, and a post's photos are changed on its own page.
  const which = (block) => block.closest("form").elements.concept?.value ?? location.pathname;

  function stored(mode, act) {
    return new Promise((done, fail) => {
      const open = indexedDB.open("noaber", 1);
      open.onupgradeneeded = () => open.result.createObjectStore("photos", { autoIncrement: true });
      open.onerror = () => fail(open.error);
      open.onsuccess = () => {
        const change = open.result.transaction("photos", mode);
        const result = act(change.objectStore("photos"));
        change.oncomplete = () => done(result.result);
        change.onerror = change.onabort = () => fail(change.error);
      };
    });
  }

  // A device that keeps nothing sends all the same.
  function keep(block, file) {
    const photo = { form: which(block), file, at: Date.now() };
    const key = stored("readwrite", (photos) => photos.add(photo)).catch(() => undefined);
    (block.chosen ??= []).push(key);
    return key;
  }

  async function forget(item) {
    const key = await item.kept;
    if (key !== undefined) await stored("readwrite", (photos) => photos.delete(key)).catch(() => undefined);
  }

  // Takes up what was left, but not what was chosen here meanwhile. Only one tab does, and as long as it is open: another
  // waits until that one is closed, which may be a moment after it has gone from the screen.
  async function resume(block) {
    const form = which(block);
    await navigator.locks?.request(`photos ${form}`, async () => {
      const [keys, photos] = await Promise.all(
        ["getAllKeys", "getAll"].map((all) => stored("readonly", (store) => store[all]()).catch(() => [])),
      );
      const left = keys.map((key, index) => ({ key, ...photos[index] }));
      const old = left.filter((photo) => photo.at < Date.now() - WEEK);
      old.forEach(({ key }) => forget({ kept: key }));
      const chosen = await Promise.all(block.chosen ?? []);
      const mine = left.filter((photo) => photo.form === form && !old.includes(photo) && !chosen.includes(photo.key));
      if (mine.length) take(block, mine.map(({ file }) => file), mine.map(({ key }) => key));
      await new Promise(() => undefined);
    });
  }

  function begin() {
    document.querySelectorAll("[data-photos]:not([data-begun])").forEach((block) => {
      block.dataset.begun = "";
      // Who was faster than this script is not forgotten.
      const input = block.querySelector("[name=foto]");
      if (input) chosen(block, input);
      resume(block);
    });
  }

  return begin;
})();

window.noaberPhotos();
