// Small checks of a page, each of which returns what it found wrong.
const checks = (() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const seen = (one) => one.checkVisibility() && !one.closest(".unseen, .spoken, .skip");
  const short = (one) => one.outerHTML.slice(0, 120);
  const named = (one) =>
    (one.labels?.length ? one.labels[0].textContent : one.getAttribute("aria-label") ?? one.textContent).trim();

  function unnamed() {
    return all("button, select, textarea, a, summary, [role=log], [role=group], input:not([type=hidden])")
      .filter((one) => !named(one) || (one.matches("[role=log]") && !one.getAttribute("aria-label")))
      .map(short);
  }

  function repeatedIds() {
    const ids = all("[id]").map((one) => one.id);
    const pointed = all("[for], [aria-describedby], [aria-labelledby]").flatMap((one) =>
      [one.htmlFor, one.getAttribute("aria-describedby"), one.getAttribute("aria-labelledby")]
        .filter(Boolean).flatMap((names) => names.split(" ")));
    return [...ids.filter((id, index) => ids.indexOf(id) !== index), ...pointed.filter((id) => !ids.includes(id))];
  }

  function headingsOutOfOrder() {
    const levels = all("h1, h2, h3, h4").map((one) => Number(one.tagName[1]));
    const wrong = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    return levels[0] === 1 && levels.filter((level) => level === 1).length === 1 ? wrong : ["h1", ...wrong];
  }

  function landmarksMissing() {
    return ["body > header", "body > main", "body > footer", "nav[aria-label]", "html[lang]"]
      .filter((what) => all(what).length !== 1);
  }

  // WCAG 2.2, 2.5.8: at least 24 by 24 pixels.
  function small() {
    return all("button, select, summary, input:not([type=hidden])").filter(seen)
      .filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24).map(short);
  }

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).slice(0, 3).map((value) => channel(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (parts(colour).length === 3) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const ratio = (one) => {
    const [low, high] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  // WCAG 2.2, 1.4.3: 4.5 to 1 for words of this size.
  function faint() {
    return all("body *").filter(seen)
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .filter((one) => ratio(one) < 4.5).map((one) => `${ratio(one).toFixed(2)} ${short(one)}`);
  }

  function stops() {
    return all("a, button, select, summary, [role=log], input:not([type=hidden])")
      .filter((one) => one.checkVisibility()).length;
  }

  function focusUnseen() {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.right > 0;
    return one === document.body || shown ? null : short(one);
  }

  return { unnamed, repeatedIds, headingsOutOfOrder, landmarksMissing, small, faint, stops, focusUnseen };
})();
