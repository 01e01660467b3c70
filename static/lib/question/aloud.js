// What is read aloud of a question.
import { letter } from "../format.js";

/**
 * The stem, then each option by its letter; blanks are said as such.
 * @param {{kind: string, stem: string, options: {text: string}[], matches?: {text: string}[]}} question
 */
export function pieces({ kind, stem, options, matches = [] }) {
  const said = [stem.replace(/_{2,}|＿{2,}|（\s*）|\(\s*\)/g, "，空格，")];
  if (kind === "truefalse") return said.concat("正确，还是错误？");
  options.forEach((o, i) => said.push(kind === "matching" ? o.text : letter(i) + "，" + o.text));
  if (matches.length) said.push("可以配的有：" + matches.map((m) => m.text).join("；"));
  return said;
}
