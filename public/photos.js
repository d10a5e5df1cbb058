// Photos are sent in the background, one after the other, with what is done of each, a way to stop and a way to try
// again; large ones turn with the arrow keys. Without this script the buttons and links of the page do the same.

const texts = (block) => block.dataset.texts.split("|");
const isPhoto = (file) => file.type.startsWith("image/");

document.addEventListener("change", (event) => {
  const block = event.target.closest?.("[data-photos]");
  if (block && event.target.name === "foto" && event.target.files.length) {
    const files = [...event.target.files];
    event.target.value = "";
    take(block, files);
  }
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

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function take(block, files) {
  let list = block.querySelector(".uploads");
  if (!list) {
    list = element("ul", "uploads");
    list.setAttribute("aria-live", "polite");
    block.append(list);
  }
  for (const file of files) list.append(line(block, file));
  work(block);
}

function line(block, file) {
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
    item.remove();
    work(block);
  };
  item.append(element("span", "uploads__name", file.name), bar, button);
  item.file = file;
  item.dataset.state = "waits";
  return item;
}

// Sends the next one; when there is none left and nothing went wrong, the form comes back with the photos in it.
function work(block) {
  const items = [...block.querySelectorAll(".uploads__photo")];
  const having = (state) => items.filter((item) => item.dataset.state === state);
  if (having("busy").length) return;
  const [next] = having("waits");
  if (next) send(block, next);
  else if (having("done").length && having("done").length === items.length) finish(block, items);
}

function send(block, item) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("foto", item.file);
  item.request = request;
  item.dataset.state = "busy";
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
    failed(block, item, 0);
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
  if (status === 413 || status === 422) return;
  const retry = element("button", "nl-button nl-button--secondary", again);
  retry.type = "button";
  retry.onclick = () => {
    item.replaceWith(line(block, item.file));
    work(block);
  };
  item.append(retry);
}

function finish(block, items) {
  const list = block.dataset.photos;
  let index = block.querySelectorAll(`input[name^="${list}["][name$="[id]"]`).length;
  for (const item of items) {
    const key = element("input", "");
    key.type = "hidden";
    key.name = `${list}[${index++}][id]`;
    key.value = item.dataset.key;
    block.append(key);
  }
  block.closest("form").requestSubmit(block.querySelector("[formaction]"));
}
