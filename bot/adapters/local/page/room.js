// Sends forms without leaving the page, and does what the live stream says. Without it the page still works.
"use strict";

const lost = document.getElementById("lost");

function say(form, sentence, wrong) {
  const note = document.getElementById(form.dataset.note) ?? form.querySelector(".note");
  note.textContent = sentence;
  note.classList.toggle("wrong", wrong);
  const field = form.querySelector("input[type=text]");
  if (!field) return;
  if (wrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function clear(form) {
  if (!("clears" in form.dataset)) return;
  for (const field of form.querySelectorAll("input[type=text], input[type=file], textarea")) field.value = "";
}

async function send(form) {
  const reply = await fetch(form.getAttribute("action"), {
    method: "POST",
    body: form.enctype === "multipart/form-data" ? new FormData(form) : new URLSearchParams(new FormData(form)),
    headers: { Accept: "text/plain" },
  });
  const sentence = await reply.text();
  if (!document.contains(form)) return;
  say(form, sentence, !reply.ok);
  if (reply.ok) clear(form);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    await send(form);
  } catch {
    say(form, document.body.dataset.lost, true);
  } finally {
    delete form.dataset.sending;
  }
});

// Whether any of the newest message is in sight: then its reader wants to see the next one too.
function readsNewest(log) {
  const last = log.lastElementChild;
  return !last || last.offsetTop < log.scrollTop + log.clientHeight;
}

// Shows the start of the newest message, or all of it when it fits.
function showNewest(log) {
  const last = log.lastElementChild;
  if (!last) return;
  log.scrollTop = last.offsetHeight > log.clientHeight ? last.offsetTop - 8 : log.scrollHeight;
}

// The server has escaped every word in `html`; a template runs no scripts.
function pieces(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function add(place, html) {
  const follows = place.matches(".log") && readsNewest(place);
  place.append(pieces(html));
  if (follows) showNewest(place);
}

// Where the keyboard goes when the part of the page it stood in is gone.
function drop(place) {
  const home = place.contains(document.activeElement) ? place.closest("[data-home]")?.dataset.home : null;
  place.remove();
  if (home) document.getElementById(home)?.focus();
}

function follow({ do: what, at, html }) {
  const place = document.getElementById(at);
  if (!place) return;
  if (what === "add") add(place, html);
  if (what === "put" && place.textContent !== html) place.replaceChildren(pieces(html));
  if (what === "drop") drop(place);
}

function listen() {
  const stream = new EventSource(document.body.dataset.stream);
  stream.addEventListener("open", () => (lost.textContent = ""));
  stream.addEventListener("message", (event) => follow(JSON.parse(event.data)));
  stream.addEventListener("again", () => location.reload());
  stream.addEventListener("error", () => (lost.textContent = document.body.dataset.lost));
}

for (const log of document.querySelectorAll(".log")) showNewest(log);
listen();
