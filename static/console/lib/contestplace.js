// From a path of a finding to the field of the form that asks it.

/**
 * The names under which a path's field may stand, the nearest first: levels[2].time.question, levels[2].time and so on.
 * @param {string} path @returns {string[]} */
export function nearest(path) {
  const names = [];
  for (let rest = path; rest; ) {
    names.push(rest);
    const cut = Math.max(rest.lastIndexOf("."), rest.lastIndexOf("["));
    rest = cut > 0 ? rest.slice(0, cut) : "";
  }
  return names;
}

/** The field or row of a path, in the form. @param {string} path @returns {HTMLElement | null} */
function fieldOf(path) {
  for (const name of nearest(path)) {
    const quoted = JSON.stringify(name);
    const found = document.querySelector(`.contest-form [name=${quoted}], .contest-form [data-path=${quoted}]`);
    if (found) return /** @type {HTMLElement} */ (found);
  }
  return null;
}

/** Opens what the field stands in, and puts the focus there. @param {string} path @returns {boolean} is there one? */
export function showField(path) {
  const field = fieldOf(path);
  if (!field) return false;
  const narrow = /** @type {HTMLElement | null} */ (document.querySelector(".contest-right .narrow-only"));
  if (narrow && narrow.offsetParent) narrow.click(); // the form is a tab of its own there
  for (let up = /** @type {HTMLElement | null} */ (field); up; up = up.parentElement)
    if (up.tagName === "DETAILS") up.setAttribute("open", "");
  setTimeout(() => {
    field.scrollIntoView({ block: "center" });
    const control = "input, select, textarea, button";
    const into = field.matches(control) ? field : field.querySelector(control);
    if (into) /** @type {HTMLElement} */ (into).focus({ preventScroll: true });
  });
  return true;
}
