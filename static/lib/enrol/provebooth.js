// The door by staff: the phone shows a code, somebody of the staff confirms who stands there, and the phone notices.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { poll } from "../poll.js";
import { say } from "../problems.js";
import { useLeft } from "./provephone.js";

/** @typedef {{code: string, expires_at: number, address: string}} Shown */

const every = 4000; // milliseconds between two looks whether staff have confirmed

/** @param {import("./prove.js").Threshold} props */
export function BoothDoor({ api, path, clock, proved }) {
  const [shown, setShown] = useState(/** @type {Shown | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [codes, next] = useState(0);
  const left = useLeft(shown ? shown.expires_at : 0, clock);
  const over = !!shown && left === 0;
  useEffect(() => {
    api("POST", path + "/signin/booth", {}).then(
      (got) => {
        setShown(got);
        setWrong("");
      },
      (problem) => setWrong(say(problem)),
    );
  }, [codes]);
  useEffect(() => {
    if (over) next(codes + 1);
  }, [over]);
  useEffect(
    () =>
      poll(
        async () => {
          const { proof } = await api("GET", path);
          if (proof && proof.proven.some((/** @type {{kind: string}} */ p) => p.kind === "staff")) proved("kept");
        },
        every,
        () => {},
      ),
    [],
  );
  if (!shown)
    return wrong ? html`<p class="form-wrong" role="alert">${wrong}</p>
    <button class="quiet wide" onClick=${() => next(codes + 1)}>再试一次</button>`
      : html`<p class="soft prove-wait" role="status">正在取码</p>`;
  return html`<p>请到工作人员那里出示这个码，并带上能证明身份的证件。</p>
    <img class="prove-qr" src=${"/qr.svg?text=" + encodeURIComponent(shown.address)} alt="给工作人员扫的二维码"
      width="220" height="220" />
    <p class="prove-big" aria-label=${"确认码 " + shown.code.replace(/ /g, "").split("").join(" ")}>${shown.code}</p>
    <p class="soft" role="status">工作人员确认后，这里会自动显示，请不要离开本页。</p>
    <p class="soft prove-left">${left < 60 ? `${left} 秒后换新码` : `${Math.ceil(left / 60)} 分钟内有效`}</p>
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}`;
}
