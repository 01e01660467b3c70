import type { VNode } from "./preact.js";
declare const htm: {
  bind(h: Function): (text: TemplateStringsArray, ...values: any[]) => VNode;
};
export default htm;
