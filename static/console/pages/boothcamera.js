// The camera of the booth's phone: the browser's own reader of codes where there is one, else one that is fetched.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";

/**
 * Looks at pictures and says what a QR code in one of them holds; empty for none.
 * @typedef {(video: HTMLVideoElement) => Promise<string>} Reader
 */

/** @returns {Promise<Reader>} */
async function newReader() {
  const Detector = /** @type {any} */ (window).BarcodeDetector;
  if (Detector) {
    const kinds = await Detector.getSupportedFormats().catch(() => []);
    if (kinds.indexOf("qr_code") >= 0) {
      const detector = new Detector({ formats: ["qr_code"] });
      return async (video) => {
        const found = await detector.detect(video);
        return found.length ? found[0].rawValue : "";
      };
    }
  }
  const { jsQR } = await import("../../vendor/jsqr.js");
  const canvas = document.createElement("canvas");
  const draw = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  return async (video) => {
    const width = Math.min(480, video.videoWidth);
    if (!width) return "";
    canvas.width = width;
    canvas.height = Math.round((video.videoHeight * width) / video.videoWidth);
    draw.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = jsQR(draw.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height, {
      inversionAttempts: "dontInvert",
    });
    return found ? found.data : "";
  };
}

/** Why the camera does not open, kindly. @param {any} error @param {string} [what] is typed in place of it */
export function refused(error, what) {
  const name = (error && error.name) || "";
  const type = `把${what || "领奖码"}输入下面的框里。`;
  if (name === "NotAllowedError" || name === "SecurityError")
    return "没有得到使用摄像头的许可。可以在浏览器的设置里允许，也可以不用摄像头：" + type;
  if (name === "NotFoundError" || name === "OverconstrainedError") return "这台设备没有摄像头，请" + type;
  if (name === "NotReadableError") return "摄像头正被别的程序使用，关掉它再试；也可以" + type;
  if (name === "Insecure") return "浏览器只在安全的网址（https）上允许使用摄像头，请" + type;
  return "摄像头没有打开，请再试一次，或" + type;
}

/** @param {{found: (text: string) => void, failed: (why: string) => void, what?: string}} props */
export function Camera({ found, failed, what }) {
  const box = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [ready, setReady] = useState(false);
  useEffect(() => {
    /** @type {MediaStream | null} */
    let stream = null;
    let stopped = false;
    let timer = 0;
    async function open() {
      if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) throw { name: "Insecure" };
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } },
        audio: false,
      });
      const read = await newReader();
      const video = box.current;
      if (stopped || !video) return stop();
      video.srcObject = stream;
      await video.play();
      setReady(true);
      look(read, video);
    }
    /** @param {Reader} read @param {HTMLVideoElement} video */
    async function look(read, video) {
      if (stopped) return;
      const text = await read(video).catch(() => "");
      if (stopped) return;
      if (text) return found(text);
      timer = setTimeout(() => look(read, video), 150);
    }
    function stop() {
      stopped = true;
      clearTimeout(timer);
      if (stream) stream.getTracks().forEach((track) => track.stop());
    }
    open().catch((error) => {
      stop();
      failed(refused(error, what));
    });
    return stop;
  }, []);
  return html`<div class="booth-camera">
    <video ref=${box} playsinline muted></video>
    ${!ready && html`<p class="soft" role="status">正在打开摄像头</p>`}
  </div>`;
}
