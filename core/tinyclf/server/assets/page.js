// Asks the server what the model tells of a drawing, a picture or a row, and shows the answer.

import { Drawing } from "/drawing.js";

const $ = (id) => document.getElementById(id);
const PAUSE_MS = 60; // of the pen, before it is asked

let model;
let asked = 0; // only the newest question is answered
let timer;
let picture; // the File last shown

async function start() {
  const answer = await fetch("/model");
  model = await answer.json();
  const { test_accuracy: right } = model.record;
  const quality = right == null ? "" : `, ${percent(right)} right when tested`;
  $("modelWords").textContent = `${model.classes.length} classes${quality}`;
  showScores(Object.fromEntries(model.classes.map((name) => [name, 0])), null);
  if (model.takes === "row") return startRow();
  if (model.files) startFiles();
  if (model.shape[0] === 1 && model.files) startDrawing();
}

function startDrawing() {
  $("drawPanel").hidden = false;
  const [, h, w] = model.shape;
  const drawing = new Drawing($("drawing"), () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  $("clearButton").addEventListener("click", () => drawing.clear());
  $("fitBox").addEventListener("change", ask);

  function ask() {
    const grid = drawing.grid(h, w, $("fitBox").checked);
    showSeen(grid);
    if (!drawing.isEmpty) tell("/predict", { grid, white: 255 });
    else if (!picture) showNothing();
  }
}

function showSeen(grid) {
  const seen = $("seen");
  seen.height = grid.length;
  seen.width = grid[0].length;
  const pen = seen.getContext("2d");
  const image = pen.createImageData(seen.width, seen.height);
  grid.flat().forEach((value, k) => image.data.set([value, value, value, 255], 4 * k));
  pen.putImageData(image, 0, 0);
}

function startFiles() {
  $("filePanel").hidden = false;
  const drop = $("drop");
  const take = (files) => { if (files.length) { picture = files[0]; askPicture(); } };
  $("fileInput").addEventListener("change", (event) => take(event.target.files));
  $("invertBox").addEventListener("change", () => picture && askPicture());
  addEventListener("paste", (event) => take(event.clipboardData.files));
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files);
  });
}

function askPicture() {
  const shown = $("shownPicture");
  if (shown.src) URL.revokeObjectURL(shown.src);
  shown.src = URL.createObjectURL(picture);
  shown.alt = picture.name;
  shown.hidden = false;
  shown.onerror = () => { shown.hidden = true; };
  $("dropWords").textContent = picture.name;
  const form = new FormData();
  form.append("file", picture);
  form.append("invert", String($("invertBox").checked));
  tell("/predict/image", form);
}

function startRow() {
  $("rowPanel").hidden = false;
  const columns = model.columns.length
    ? model.columns
    : Array.from({ length: model.shape[0] }, (_, k) => ({ name: `${k + 1}`, texts: [] }));
  $("fields").append(...columns.map(field));
  $("rowForm").addEventListener("submit", (event) => {
    event.preventDefault();
    const row = [...$("fields").querySelectorAll("input, select")].map((input) =>
      input.tagName === "SELECT" ? input.value : input.valueAsNumber);
    tell("/predict", { row });
  });
}

function field(column) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = column.name;
  const input = document.createElement(column.texts.length ? "select" : "input");
  if (column.texts.length) {
    input.append(...column.texts.map((text) => new Option(text, text)));
  } else {
    Object.assign(input, { type: "number", step: "any", required: true });
  }
  label.append(name, input);
  return label;
}

async function tell(path, body) {
  const mine = ++asked;
  const isForm = body instanceof FormData;
  const request = { method: "POST", body: isForm ? body : JSON.stringify(body) };
  if (!isForm) request.headers = { "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, request);
    const told = await answer.json();
    if (mine !== asked) return;
    if (answer.ok) showAnswer(told.predictions?.[0] ?? told);
    else showProblem(told.error);
  } catch {
    if (mine === asked) showProblem("The server does not answer. Is it still running?");
  }
}

function showAnswer({ prediction, confidence, scores }) {
  $("problem").hidden = true;
  $("told").textContent = prediction;
  $("told").classList.remove("muted");
  $("told").classList.toggle("long", prediction.length > 8);
  $("sure").textContent = `${percent(confidence)} sure`;
  showScores(scores, prediction);
}

function showProblem(words) {
  showNothing();
  $("sure").textContent = "";
  $("problem").textContent = words;
  $("problem").hidden = false;
}

function showNothing() {
  asked++;
  $("problem").hidden = true;
  $("told").textContent = "–";
  $("told").classList.add("muted");
  $("sure").textContent = "Nothing was asked yet.";
  showScores(Object.fromEntries(model.classes.map((name) => [name, 0])), null);
}

// In the order of the classes, so that bars keep their place from answer to answer.
function showScores(scores, best) {
  const list = $("scores");
  while (list.children.length < model.classes.length) list.append(scoreLine());
  model.classes.forEach((name, k) => {
    const line = list.children[k];
    line.className = name === best ? "best" : "";
    line.querySelector(".name").textContent = line.querySelector(".name").title = name;
    line.querySelector(".fill").style.width = `${100 * scores[name]}%`;
    line.querySelector(".share").textContent = best === null ? "" : percent(scores[name]);
  });
}

function scoreLine() {
  const line = document.createElement("li");
  for (const name of ["name", "track", "share"]) {
    const part = document.createElement("span");
    part.className = name;
    line.append(part);
  }
  const fill = document.createElement("div");
  fill.className = "fill";
  line.querySelector(".track").append(fill);
  return line;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

start();
