// A canvas to draw white on black, by pointer or by keys; and what a small model sees of it.

const WIDTH = 22; // of the pen, in pixels of the canvas
const STEP = 7; // of an arrow key

export class Drawing {
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.ink = document.createElement("canvas"); // the drawing without the pen's mark
    this.ink.width = canvas.width;
    this.ink.height = canvas.height;
    this.pen = { x: canvas.width / 2, y: canvas.height / 4, isDown: false };
    this.byKeys = false;
    this.last = null;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => { this.last = null; });
    }
    canvas.addEventListener("keydown", (event) => this.#press(event));
    canvas.addEventListener("blur", () => { this.byKeys = this.pen.isDown = false; this.#show(); });
    this.clear();
  }

  get isEmpty() { return !boxOf(this.ink); }

  clear() {
    const pen = this.ink.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, this.ink.width, this.ink.height);
    this.#show();
    this.changed();
  }

  #stroke(from, to) {
    const pen = this.ink.getContext("2d");
    pen.strokeStyle = "#fff";
    pen.lineWidth = WIDTH;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y + 0.01); // a point is a stroke, too
    pen.stroke();
    this.#show();
    this.changed();
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) * this.canvas.width) / box.width,
      y: ((event.clientY - box.top) * this.canvas.height) / box.height,
    };
  }

  #begin(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.#place(event);
    this.#stroke(this.last, this.last);
  }

  #move(event) {
    if (!this.last) return;
    const place = this.#place(event);
    this.#stroke(this.last, place);
    this.last = place;
  }

  #press(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in way) {
      const [dx, dy] = way[event.key];
      const before = { ...this.pen };
      this.pen.x = Math.min(Math.max(this.pen.x + dx * STEP, 0), this.canvas.width);
      this.pen.y = Math.min(Math.max(this.pen.y + dy * STEP, 0), this.canvas.height);
      if (this.pen.isDown) this.#stroke(before, this.pen);
    } else if (event.key === " ") {
      if (event.repeat) return event.preventDefault();
      this.pen.isDown = !this.pen.isDown;
      if (this.pen.isDown) this.#stroke(this.pen, this.pen);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
    this.byKeys = true;
    this.#show();
  }

  #show() {
    const view = this.canvas.getContext("2d");
    view.drawImage(this.ink, 0, 0);
    if (!this.byKeys) return;
    view.strokeStyle = "#4c9aff";
    view.lineWidth = this.pen.isDown ? 5 : 2;
    view.beginPath();
    view.arc(this.pen.x, this.pen.y, WIDTH / 2, 0, 2 * Math.PI);
    view.stroke();
  }

  // The drawing as rows of bytes. Centred, it fills 20 of 28 pixels, its weight in the middle, as
  // the digits of MNIST do.
  grid(h, w, isCentred) {
    const seen = document.createElement("canvas");
    seen.width = w;
    seen.height = h;
    const pen = seen.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, w, h);
    const box = isCentred ? boxOf(this.ink) : { x: 0, y: 0, w: this.ink.width, h: this.ink.height };
    if (box) {
      const room = isCentred ? 20 / 28 : 1;
      const scale = Math.min((w * room) / box.w, (h * room) / box.h);
      const middle = isCentred ? weightOf(this.ink, box) : { x: box.w / 2, y: box.h / 2 };
      const small = shrunk(this.ink, box, scale);
      pen.drawImage(small, w / 2 - middle.x * scale, h / 2 - middle.y * scale,
        box.w * scale, box.h * scale);
    }
    const { data } = pen.getImageData(0, 0, w, h);
    const row = (y) => Array.from({ length: w }, (_, x) => data[4 * (y * w + x)]);
    return Array.from({ length: h }, (_, y) => row(y));
  }
}

// By halves, so that no thin line is lost.
function shrunk(ink, box, scale) {
  let from = document.createElement("canvas");
  from.width = box.w;
  from.height = box.h;
  from.getContext("2d").drawImage(ink, box.x, box.y, box.w, box.h, 0, 0, box.w, box.h);
  while (scale < 0.5) {
    const half = document.createElement("canvas");
    half.width = Math.max(1, Math.round(from.width / 2));
    half.height = Math.max(1, Math.round(from.height / 2));
    half.getContext("2d").drawImage(from, 0, 0, half.width, half.height);
    from = half;
    scale *= 2;
  }
  return from;
}

function bytesOf(ink) {
  const { data } = ink.getContext("2d").getImageData(0, 0, ink.width, ink.height);
  return (x, y) => data[4 * (y * ink.width + x)];
}

function boxOf(ink) {
  const at = bytesOf(ink);
  let [left, top, right, bottom] = [ink.width, ink.height, -1, -1];
  for (let y = 0; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++) {
      if (at(x, y) < 32) continue;
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

function weightOf(ink, box) {
  const at = bytesOf(ink);
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < box.h; y++) {
    for (let x = 0; x < box.w; x++) {
      const value = at(box.x + x, box.y + y);
      sum += value; sumX += value * (x + 0.5); sumY += value * (y + 0.5);
    }
  }
  return { x: sumX / sum, y: sumY / sum };
}
