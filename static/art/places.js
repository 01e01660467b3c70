// The five places of the safety campaign and the summit, drawn as postage stamps of 120 by 120. The colours are classes
// (art.css), so that a locked stamp can be grey. Own drawings.
import { html } from "../html.js";

/** Ground colour and drawing. @type {Record<string, [string, string]>} */
const stamps = {
  家庭: [
    "peach",
    `
    <circle class="f-amber" cx="93" cy="30" r="9"/>
    <path class="f-mint" d="M8 94q52-14 104 0v20H8z"/>
    <path class="f-brick" d="M78 36h9v20h-9z"/>
    <path class="f-paper" d="M31 58h58v40H31z"/>
    <path class="f-deep" d="M60 28 23 60l5 6 32-27 32 27 5-6z"/>
    <path class="f-green" d="M66 73h15v25H66z"/><circle class="f-amber" cx="77" cy="86" r="1.8"/>
    <path class="f-amber" d="M39 70h18v16H39z"/><path class="s-deep" d="M48 70v16M39 78h18"/>
    <circle class="f-green" cx="23" cy="81" r="9"/><path class="s-deep" d="M23 84v15"/>`,
  ],
  社区: [
    "mint",
    `
    <path class="f-paper" d="M20 50h24v48H20z"/><path class="f-green" d="M44 28h32v70H44z"/>
    <path class="f-paper" d="M76 44h24v54H76z"/>
    <path class="f-deep" d="M18 47h26v5H18zM42 24h36v6H42zM76 41h26v5H76z"/>
    <path class="f-amber" d="M51 38h6v8h-6zM63 38h6v8h-6zM51 54h6v8h-6zM63 70h6v8h-6zM27 60h5v7h-5zM86 54h6v7h-6z"/>
    <path class="f-amber" d="M86 82h6v7h-6z"/>
    <path class="f-mist" d="M63 54h6v8h-6zM51 70h6v8h-6zM34 60h5v7h-5zM27 74h5v7h-5zM34 74h5v7h-5zM86 68h6v7h-6z"/>
    <path class="f-deep" d="M55 84h10v14H55z"/>
    <path class="f-grass" d="M8 97q52-8 104 0v17H8z"/>
    <circle class="f-deep" cx="25" cy="88" r="8"/><path class="s-deep" d="M25 90v14"/>
    <path class="s-paper" d="M42 106h8m8 0h8m8 0h8"/>`,
  ],
  学校: [
    "sky",
    `
    <path class="s-deep" d="M60 12v20"/><path class="f-brick" d="M61 13h16l-4 5 4 5H61z"/>
    <path class="f-paper" d="M18 58h84v40H18z"/><path class="f-peach" d="M44 42h32v56H44z"/>
    <path class="f-deep" d="M60 28 40 44h40zM15 54h27v6H15zM78 54h27v6H78z"/>
    <circle class="f-paper" cx="60" cy="56" r="8"/><path class="s-deep" d="M60 51v5l4 2"/>
    <path class="f-green" d="M53 76h14v22H53z"/><path class="s-paper" d="M60 76v22"/>
    <path class="f-green" d="M23 67h7v9h-7zM33 67h7v9h-7zM80 67h7v9h-7zM90 67h7v9h-7z"/>
    <path class="f-green" d="M23 82h7v9h-7zM33 82h7v9h-7zM80 82h7v9h-7zM90 82h7v9h-7z"/>
    <path class="f-amber" d="M46 98h28v5H46zM41 103h38v5H41z"/>
    <path class="f-grass" d="M8 98h38v5h-5v5h38v-5h-5v-5h38v16H8z"/>`,
  ],
  农村: [
    "wheat",
    `
    <circle class="f-amber" cx="88" cy="32" r="11"/>
    <path class="f-mint" d="M8 68q26-28 54-10 22-18 50 4v52H8z"/>
    <path class="f-paper" d="M36 54h32v26H36z"/><path class="f-brick" d="m52 36-22 16v6h44v-6z"/>
    <path class="f-deep" d="M47 64h10v16H47z"/>
    <path class="f-green" d="M8 84q52-20 104-8v38H8z"/>
    <path class="s-grass" d="M14 112q14-26 50-32M40 114q12-22 44-36M70 114q8-18 36-32"/>
    <path class="s-amber" d="M91 104V76m0 4 6-5m-6 11 7-5m-7 11 7-5m-7-7-6-5m6 11-7-5m7 11-7-5"/>`,
  ],
  企业: [
    "stone",
    `
    <path class="f-paper" d="M74 22q10-10 20-2 8-2 9 5-14 6-29-3z"/>
    <path class="f-brick" d="M78 34h11l3 34H75z"/><path class="f-paper" d="M77 42h13v5H77z"/>
    <path class="f-deep" d="M16 98V62l22-14v14l22-14v14l14-9v9h30v36z"/>
    <path class="f-amber" d="M24 72h10v9H24zM42 72h10v9H42z"/><path class="f-mist" d="M60 72h10v9H60zM78 72h10v9H78z"/>
    <path class="f-mint" d="M8 97h104v17H8z"/>
    <path class="f-amber" d="M38 103a22 21 0 0 1 44 0z"/>
    <path class="s-paper" d="M60 83v13M50 88q-2 4-2 9m22-9q2 4 2 9"/>
    <path class="f-amber" d="M32 101h56q2 0 2 3t-2 3H32q-2 0-2-3t2-3z"/>`,
  ],
  综合: [
    "night",
    `
    <path class="f-amber" d="m26 26 2 5 5 2-5 2-2 5-2-5-5-2 5-2zM96 40l1.5 4 4 1.5-4 1.5-1.5 4-1.5-4-4-1.5 4-1.5z"/>
    <path class="f-green" d="M8 104 44 58l16 18 18-28 34 50v16H8z"/>
    <path class="f-paper" d="m44 58 12 14-8-2-6 5-8-4zM78 48l13 19-8-3-6 6-7-9z"/>
    <path class="s-paper" d="M78 50V20"/><path class="f-amber" d="M79 20h22l-6 7 6 7H79z"/>
    <path class="s-amber" d="M24 112q22-2 26-12t16-12 8-14 4-16" stroke-dasharray="1 6"/>`,
  ],
};

/** @param {{place: string}} props */
export function Stamp({ place }) {
  const [ground, drawing] = stamps[place] || stamps.综合;
  // The dotted line in the colour of the paper bites round holes out of the rim: the stamp's perforation.
  return html`<svg class="stamp" viewBox="0 0 120 120" aria-hidden="true">
    <rect class=${"f-" + ground} x="4" y="4" width="112" height="112" />
    <g class="stamp-art" dangerouslySetInnerHTML=${{ __html: drawing }} />
    <rect class="stamp-frame" x="12.5" y="12.5" width="95" height="95" />
    <rect class="stamp-rim" x="4" y="4" width="112" height="112" />
  </svg>`;
}
