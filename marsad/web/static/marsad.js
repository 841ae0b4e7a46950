// Everything here is a convenience: every page works without it.
"use strict";
(() => {
  const keys = document.getElementById("keys");
  const still = document.getElementById("still");
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  const headlines = () =>
    [...document.querySelectorAll("main .item :is(h1, h2, h3) a, main .item a.title")];

  // The headline after or before the one in focus; from nowhere, the first that can be seen.
  const move = (step) => {
    const all = headlines();
    const at = all.indexOf(document.activeElement);
    const seen = all.findIndex((link) => link.getBoundingClientRect().top >= 0);
    const next = at < 0 ? Math.max(seen, 0) : Math.min(Math.max(at + step, 0), all.length - 1);
    if (all[next]) {
      all[next].focus({ preventScroll: true });
      all[next].scrollIntoView({ block: "center" });
    }
  };

  const doings = {
    "/": () => { const box = document.getElementById("q"); box.focus(); box.select(); },
    j: () => move(1),
    k: () => move(-1),
    "?": () => (keys.open ? keys.close() : keys.showModal()),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    // Keyboards of other scripts give other letters: there, the place of the key counts.
    const placed = { KeyJ: "j", KeyK: "k", Slash: event.shiftKey ? "?" : "/" }[event.code];
    const foreign = /^\p{L}$/u.test(event.key) && !/\p{Script=Latin}/u.test(event.key);
    const key = event.key === "؟" ? "?" : foreign ? placed : event.key;
    const doing = doings[key];
    if (!doing || (keys.open && key !== "?")) return;
    event.preventDefault();
    doing();
  });

  // The section that is read stands in sight in the row of sections, which a phone shows a part of.
  const row = document.querySelector(".sections-nav ul");
  const section = row && row.querySelector("[aria-current]");
  if (section) row.scrollBy(section.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 2 + section.clientWidth / 2, 0);

  // Who stopped the ticker once finds it still on the next page.
  if (still) {
    still.checked = sessionStorage.getItem("still") === "1";
    still.addEventListener("change", () => sessionStorage.setItem("still", still.checked ? "1" : "0"));
  }

  // A picture that does not come gives its place up where nobody saw it yet; in sight nothing moves.
  const missed = (picture) => {
    const place = picture.closest("figure") || picture;
    if (place.getBoundingClientRect().top >= innerHeight) place.hidden = true;
  };
  [...document.images].filter((picture) => picture.complete && !picture.naturalWidth).forEach(missed);
  document.addEventListener("error", (event) => event.target instanceof HTMLImageElement && missed(event.target), true);

  // Copying an address needs a script; the address itself stands there without one.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      button.textContent = button.dataset.done;
    });
  }

  // How what is typed in the search box may go on.
  const box = document.getElementById("q");
  const completions = document.getElementById("completions");
  let waiting;
  const ask = async () => {
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`);
    if (!answer.ok) return;
    const [typed, found] = await answer.json();
    if (typed !== box.value) return;
    const option = (value) => Object.assign(document.createElement("option"), { value });
    completions.replaceChildren(...found.map(option));
  };
  if (box && completions) {
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      if (box.value.length > 1) waiting = setTimeout(ask, 150);
    });
  }
})();
