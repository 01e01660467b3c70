// What the pages use of preact 10, in our words.
export interface VNode { type: unknown; props: any; key: any }
export type Child = VNode | string | number | boolean | null | undefined | Child[];
export function h(type: any, props: any, ...children: any[]): VNode;
export function render(node: VNode, into: Element): void;
