// A question on its way through a form: every field as text, so that nothing that was typed is lost, and back.

/** @typedef {import("../types").Question} Question */
/**
 * @typedef {object} Form
 * @property {import("../types").Kind} kind
 * @property {string} materialTitle @property {string} material what is read before the stem
 * @property {string} stem @property {string[]} options @property {string[]} matches
 * @property {string[]} images the pictures of options; empty: none has one
 * @property {number[]} right indexes of the right options (single, multiple)
 * @property {boolean | null} truth true/false; null: not chosen yet
 * @property {string} order letters (ordering)
 * @property {number[]} pairs index of the match of each option (matching); -1: none yet
 * @property {string[]} blanks accepted answers of each blank, parted by |
 * @property {string[]} tolerance of each blank
 * @property {string} explanation
 * @property {string} title
 * @property {string} article
 * @property {string} version
 * @property {string} effective
 * @property {string} reviewer @property {string} reviewed YYYY-MM-DD @property {string} against @property {string} seen
 * @property {string} topics parted by a blank or 、 @property {number} difficulty @property {string[]} audience
 * @property {Question} from what is not in the form stays as it was
 */

const letters = "ABCDEFGHIJKL";

/** @param {unknown} answer @returns {number[]} */
export const indexes = (answer) => (typeof answer === "string" ? answer.split("").map((l) => letters.indexOf(l)) : []);
/** @param {number[]} list */
export const lettersOf = (list) => list.map((i) => letters[i] || "?").join("");

/** @param {Question} q @param {boolean} [unsure] the answer could not be read @returns {Form} */
export function toForm(q, unsure = false) {
  const source = q.source || { title: "" };
  const review = q.review || {};
  const options = q.options || [];
  const right = indexes(q.answer).filter((i) => i >= 0 && i < options.length);
  const blanks = Array.isArray(q.answer) ? q.answer.map((list) => list.join(" | ")) : [""];
  return {
    kind: q.kind || "single",
    materialTitle: (q.material && q.material.title) || "",
    material: (q.material && q.material.text) || "",
    stem: q.stem,
    options: options.slice(),
    images: q.option_images || [],
    matches: (q.matches || []).slice(),
    right,
    truth: typeof q.answer === "boolean" && !unsure ? q.answer : null,
    order: q.kind === "ordering" && typeof q.answer === "string" ? q.answer : "",
    pairs: q.kind === "matching" ? options.map((_, i) => (indexes(q.answer)[i] >= 0 ? indexes(q.answer)[i] : -1)) : [],
    blanks,
    tolerance: blanks.map((_, i) => ((q.tolerance || [])[i] ? String((q.tolerance || [])[i]) : "")),
    explanation: q.explanation || "",
    title: source.title || "",
    article: source.article || "",
    version: source.version || "",
    effective: source.effective || "",
    reviewer: review.by || "",
    reviewed: review.on || "",
    against: review.against || "",
    seen: review.seen || "",
    topics: (q.topics || []).join("、"),
    difficulty: q.difficulty || 1,
    audience: (q.audience || []).slice(),
    from: q,
  };
}

/** The fields that this form asks for its kind. @param {string} kind */
export const has = (kind) => ({
  options: kind !== "truefalse" && kind !== "fill",
  right: kind === "single" || kind === "multiple" || kind === "indefinite",
  order: kind === "ordering",
  pairs: kind === "matching",
  truth: kind === "truefalse",
  blanks: kind === "fill",
});

/** @param {string} text */
export const split = (text, by = /[\s、，,；;]+/) =>
  text
    .split(by)
    .map((t) => t.trim())
    .filter(Boolean);

/**
 * What the form says, and what is missing for the server to judge it, by field.
 * @param {Form} form @returns {{question: Question, wrong: Record<string, string>}}
 */
export function fromForm(form) {
  const shows = has(form.kind);
  /** @type {Record<string, string>} */
  const wrong = {};
  /** @type {Question} */
  const question = {
    id: form.from.id,
    kind: form.kind,
    stem: form.stem.trim(),
    answer: answerOf(form, wrong),
    difficulty: form.difficulty,
  };
  const material = materialIn(form);
  if (material) question.material = material;
  if (form.from.image) question.image = form.from.image;
  if (form.from.image_alt) question.image_alt = form.from.image_alt;
  if (form.from.score) question.score = form.from.score;
  if (form.from.apart) question.apart = form.from.apart;
  const review = reviewOf(form);
  if (review) question.review = review;
  if (shows.options) question.options = form.options.map((o) => o.trim());
  const choice = form.kind === "single" || form.kind === "multiple" || form.kind === "indefinite";
  if (choice && form.images.some(Boolean)) question.option_images = form.options.map((_, i) => form.images[i] || "");
  if (shows.pairs) question.matches = form.matches.map((m) => m.trim());
  if (shows.blanks) {
    const tolerance = form.blanks.map((_, i) => Number((form.tolerance[i] || "0").trim() || 0));
    if (tolerance.some((t) => !(t >= 0))) wrong.tolerance = "允许误差要写数，例如 0.5";
    else if (tolerance.some((t) => t > 0)) question.tolerance = tolerance;
  }
  if (form.explanation.trim()) question.explanation = form.explanation.trim();
  const source = sourceOf(form);
  if (source) question.source = source;
  if (source && !source.title) wrong.source = "写了条款，还要写依据的名称";
  const topics = split(form.topics);
  if (topics.length) question.topics = topics;
  if (form.audience.length) question.audience = form.audience;
  return { question, wrong };
}

/** A material that is new has no id yet: the server makes one of what it says. @param {Form} form */
function materialIn(form) {
  const was = form.from.material;
  const text = form.material.trim();
  const title = form.materialTitle.trim();
  if (!text && !(was && was.image)) return undefined;
  /** @type {NonNullable<Question["material"]>} */
  const material = { ...was, id: was ? was.id : "" };
  delete material.title;
  delete material.text;
  if (!material.image) {
    delete material.image;
    delete material.image_alt;
  } else if (!material.image_alt) delete material.image_alt;
  if (title) material.title = title;
  if (text) material.text = text;
  return material;
}

/** @param {Form} form @param {Record<string, string>} wrong */
function answerOf(form, wrong) {
  const shows = has(form.kind);
  if (shows.truth) {
    if (form.truth === null) wrong.answer = "请选正确或错误";
    return form.truth === true;
  }
  if (shows.blanks) return form.blanks.map((b) => split(b, /[|｜]/));
  if (shows.order) {
    const order = form.order.toUpperCase().replace(/[^A-Z]/g, "");
    if (/[^A-L]/.test(order)) wrong.answer = "次序用选项的字母写，例如 BAC";
    return order;
  }
  if (shows.pairs) {
    if (form.options.some((_, i) => !(form.pairs[i] >= 0))) wrong.answer = "每个左项都要选一个右项";
    return lettersOf(form.options.map((_, i) => Math.max(0, form.pairs[i])));
  }
  if (!form.right.length) wrong.answer = "请标出正确的选项";
  return lettersOf(form.right.slice().sort((a, b) => a - b));
}

/** @param {Form} form */
function sourceOf(form) {
  /** @type {import("../types").Source} */
  const source = { title: form.title.trim() };
  if (form.article.trim()) source.article = form.article.trim();
  if (form.version.trim()) source.version = form.version.trim();
  if (form.effective.trim()) source.effective = form.effective.trim();
  const was = form.from.source;
  // Another name or edition is another law, which the key does not mean.
  if (was && was.key && was.title === source.title && was.version === source.version) source.key = was.key;
  return Object.keys(source).length > 1 || source.title ? source : null;
}

/** @param {Form} form */
function reviewOf(form) {
  /** @type {NonNullable<Question["review"]>} */
  const review = {};
  if (form.reviewer.trim()) review.by = form.reviewer.trim();
  if (form.reviewed) review.on = form.reviewed;
  if (form.against.trim()) review.against = form.against.trim();
  if (form.seen) review.seen = /** @type {typeof review.seen} */ (form.seen);
  return Object.keys(review).length ? review : null;
}

/**
 * Takes an option out and keeps the answers that point to the others.
 * @param {Form} form
 * @param {number} at
 * @returns {Form}
 */
export function dropOption(form, at) {
  const move = (/** @type {number} */ i) => (i > at ? i - 1 : i);
  return {
    ...form,
    options: form.options.filter((_, i) => i !== at),
    images: form.images.filter((_, i) => i !== at),
    pairs: form.pairs.filter((_, i) => i !== at),
    right: form.right.filter((i) => i !== at).map(move),
  };
}

/** The answer in words. @param {Question} q */
export function answerText(q) {
  if (typeof q.answer === "boolean") return q.answer ? "正确" : "错误";
  if (Array.isArray(q.answer)) return q.answer.map((list) => list.join(" 或 ")).join("；");
  if (q.kind === "matching")
    return indexes(q.answer)
      .map((m, i) => letters[i] + "—" + ((q.matches || [])[m] || "?"))
      .join("，");
  return String(q.answer || "");
}
