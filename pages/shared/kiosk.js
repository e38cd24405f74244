// The wall in the browser: rotation, clock, keyboard, and what must go on when the server does not answer.
// STYLE, the stylesheet, is written before this text by kiosk.py.

const LOST_AFTER_MS = 11000;      // heartbeats come every 3 to 4 s
const HEALTH_EVERY_MS = 2000;
const RELOAD_AFTER_MS = 12000;    // Streamlit reconnects by itself in less; then the page is loaded again
const RELOAD_GAP_MS = 30000;
const SLEPT_MS = 3000;            // by so much the clock of the machine ran ahead of the one timers go by
const TONE_EVERY_MS = 30000;      // of an unanswered critical alarm, on screens with sound
const REMOVE_AFTER_MS = 10000;    // Streamlit may rebuild its element while it reconnects
const KEPT = "pendopo-gambar";    // what wall_page.js paints while the page is loaded again
const NIGHT = "pendopo-malam";    // the last night in which this browser was renewed

let wall = null;

export default function (component) {
  wall ??= new Wall();
  wall.receive(component.data, component.setStateValue);
  return () => wall?.leaveUnlessBack();
}

class Wall {
  constructor() {
    this.scenes = [];
    this.key = "";
    this.position = 0;
    this.pinned = "";
    this.urgent = "";               // id of the scene an unanswered critical alarm puts on the screen
    this.texts = null;
    this.lastBeat = performance.now();
    this.serverTime = null;         // local wall time as if it were UTC, at lastBeat
    this.lostSince = "";
    this.path = location.pathname;
    this.kept = globalThis.pendopoKept || null;  // what stood there before the page was loaded again
    delete globalThis.pendopoKept;
    this.paused = Boolean(this.kept?.paused);
    this.build();
    this.timer = setInterval(() => this.tick(), 500);
    this.onKey = (event) => this.pressed(event);
    document.addEventListener("keydown", this.onKey, true);
    this.root.addEventListener("click", (event) => this.clicked(event));
  }

  // A picture kept from before the page was loaded again stays until the first drawing takes its place.
  build() {
    const before = document.getElementById("pendopo-wall");
    this.root = before || element("div", "");
    this.root.id = "pendopo-wall";
    this.root.dataset.mountId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    this.root.dataset.state = "starting";
    this.root.dataset.reactAriaTopLayer = "true";  // else Streamlit's dialogs make the wall inert
    const style = element("style", "");
    style.textContent = STYLE;
    this.stage = before?.querySelector(".stage") || element("div", "stage");
    this.empty = element("div", "empty");
    this.notice = element("div", "notice");
    this.notice.setAttribute("role", "status");
    this.root.replaceChildren(style, this.stage, this.empty, this.notice);
    if (!before) document.body.append(this.root);
  }

  receive(data, setStateValue) {
    clearTimeout(this.removal);
    const isFirst = !this.texts;
    this.lastBeat = performance.now();
    this.serverTime = Date.parse(data.server_time + "Z");
    this.texts = data.texts;
    this.pinned = data.pinned;
    this.serverNotice = data.notice;
    this.sound = data.sound;
    this.step = data.step;
    const urgentBefore = this.urgent;
    this.urgent = data.urgent;
    this.lostSince = "";
    this.healthySince = 0;
    this.root.style.background = data.background;
    this.leads = data.leads;
    this.root.dataset.leads = String(data.leads);
    if (data.refusal) return this.withdraw(data.refusal);
    this.empty.textContent = data.scenes_key || this.scenes.length ? "" : data.empty_text;
    if (data.scenes && data.scenes_key !== this.key) this.take(data);
    if (this.urgent !== urgentBefore) this.heed();
    if (data.scenes_key && data.scenes_key !== this.key) setStateValue("acknowledged", this.key || "-");
    else if (data.scenes) setStateValue("acknowledged", this.key);
    if (!this.scenes.length) this.stage.replaceChildren();
    this.root.dataset.state = this.scenes.length ? "live" : "empty";
    this.tick();
    this.renew(data.night, isFirst);
  }

  // No longer allowed to show anything: not even the last picture stays, on screen or in memory.
  withdraw(words) {
    this.scenes = [];
    this.key = "";
    this.position = 0;
    delete this.root.dataset.scene;
    delete this.root.dataset.release;
    this.stage.replaceChildren();
    this.empty.textContent = words;
    this.root.dataset.state = "withdrawn";
    this.tick();
  }

  // All scenes are replaced at once, or none: a screen never mixes two releases.
  take(data) {
    const parsed = data.scenes.map(parse);
    if (!parsed.length || parsed.some((scene) => !scene)) return;
    const shown = this.scenes[this.position]?.id ?? this.kept?.scene;
    if (this.kept) this.shownUntil = this.kept.until - Date.now() + performance.now();
    this.kept = null;
    this.scenes = parsed;
    this.key = data.scenes_key;
    this.root.dataset.release = data.release_id;
    const wanted = this.pinned || shown;
    this.position = this.placeOf(wanted);
    this.draw(this.shownUntil !== undefined && parsed[this.position].id === shown);
  }

  // One scene is in the page at a time: ids inside two drawings may be equal.
  draw(keepDwell) {
    const scene = this.scenes[this.position];
    this.drawPosition(scene.svg);
    this.stage.replaceChildren(scene.svg);
    this.root.dataset.scene = scene.id;
    if (!keepDwell) this.shownUntil = performance.now() + scene.dwell_seconds * 1000;
    this.shownTime = "";
    this.drawTime();
  }

  drawPosition(svg) {
    const group = svg.querySelector("#posisi");
    if (!group) return;
    const gap = Number(group.dataset.jarak || 44), radius = Number(group.dataset.jari || 9);
    const turning = this.scenes.filter((scene) => scene.rotates), count = turning.length;
    group.replaceChildren(...(count < 2 || this.pinned ? [] : turning.map((scene, index) => {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("cx", (index - (count - 1) / 2) * gap);
      dot.setAttribute("cy", 0);
      dot.setAttribute("r", radius);
      dot.setAttribute("fill", scene === this.scenes[this.position] ? group.dataset.aktif : group.dataset.redup);
      return dot;
    })));
  }

  placeOf(id) {
    const place = this.scenes.findIndex((scene) => scene.id === id);
    return place >= 0 ? place : Math.max(0, this.scenes.findIndex((scene) => scene.rotates));
  }

  show(id) {
    this.position = this.placeOf(id);
    this.draw(false);
  }

  // Nobody answered a critical alarm: its scene stays until somebody does, then what was shown before comes back.
  heed() {
    this.root.dataset.urgent = this.urgent;
    if (!this.scenes.length) return;
    if (this.urgent) this.before = this.scenes[this.position].id;
    this.show(this.urgent || this.pinned || this.before);
  }

  // Keys may look at other scenes for as long as a scene stands, while an alarm waits or screens go in step.
  move(step) {
    const turning = this.scenes.filter((scene) => scene.rotates || scene.id === this.urgent);
    if (!turning.length) return;
    const place = turning.indexOf(this.scenes[this.position]);
    this.show(turning[(Math.max(place, 0) + step + turning.length) % turning.length].id);
    this.heldUntil = this.shownUntil;
  }

  // Which scene stands now: that of the alarm, the pinned one, or where the rotation is. Screens that go in step
  // count from the wall clock, so that all of them change together.
  turn(now) {
    if (now < (this.heldUntil || 0) && (this.urgent || this.step)) return;
    const shown = this.scenes[this.position]?.id;
    const turning = this.scenes.filter((scene) => scene.rotates);
    let wanted = shown;
    if (this.urgent) wanted = this.urgent;
    else if (this.paused || this.pinned || !turning.length) return;
    else if (this.step) {
      const seconds = (this.serverTime + now - this.lastBeat) / 1000;
      wanted = turning[(Math.floor(seconds / this.step.seconds) + this.step.ahead) % turning.length].id;
    } else if (turning.length > 1 && now >= this.shownUntil) return this.move(1);
    if (wanted !== shown && this.scenes.some((scene) => scene.id === wanted)) this.show(wanted);
  }

  // Three short tones. A browser nobody has touched yet may refuse them; then the wall says so.
  tone(now) {
    if (!this.urgent || !this.sound || now - (this.toneAt ?? -TONE_EVERY_MS) < TONE_EVERY_MS) return;
    this.toneAt = now;
    this.audio ??= new AudioContext();
    if (this.audio.state !== "running") this.audio.resume();
    for (const shift of [0, 0.35, 0.7]) {
      const tone = this.audio.createOscillator(), volume = this.audio.createGain();
      const start = this.audio.currentTime + shift;
      tone.frequency.value = 880;
      volume.gain.setValueAtTime(0.25, start);
      volume.gain.linearRampToValueAtTime(0, start + 0.25);
      tone.connect(volume).connect(this.audio.destination);
      tone.start(start);
      tone.stop(start + 0.25);
    }
  }

  isMuted() {
    return Boolean(this.urgent && this.sound && this.audio && this.audio.state !== "running");
  }

  tick() {
    const now = performance.now();
    if (location.pathname !== this.path) return this.remove();
    this.countSleep(now);
    if (this.texts && now - this.lastBeat > LOST_AFTER_MS) this.lost(now);
    const message = this.lostSince
      ? this.texts.lost.replace("{time}", this.lostSince)
      : this.serverNotice || (this.isMuted() ? this.texts.muted : "") || (this.paused ? this.texts?.paused : "");
    if (this.notice.textContent !== (message || "")) this.notice.textContent = message || "";
    this.drawTime();
    if (this.scenes.length) this.turn(now);
    this.tone(now);
  }

  // While a machine sleeps its timers may stand still: what was heard before is as old as its clock says.
  countSleep(now) {
    const ahead = Date.now() - now;
    const slept = ahead - (this.ahead ?? ahead);
    this.ahead = ahead;
    if (slept > SLEPT_MS) this.lastBeat -= slept;
  }

  // The picture stays, dimmed; Streamlit reconnects by itself, and the page is loaded again if it does not.
  lost(now) {
    if (!this.lostSince) {
      this.lostSince = hours(new Date(this.serverTime));
      this.root.dataset.state = "lost";
    }
    if (now - (this.askedAt || 0) > HEALTH_EVERY_MS) {
      this.askedAt = now;
      // A server that hangs would collect one open request after another.
      fetch(address("_stcore/health"), { cache: "no-store", signal: AbortSignal.timeout(HEALTH_EVERY_MS) })
        .then((answer) => { this.healthySince = answer.ok ? this.healthySince || performance.now() : 0; })
        .catch(() => { this.healthySince = 0; });
    }
    if (this.healthySince && now - this.healthySince > RELOAD_AFTER_MS) this.reload();
  }

  reload() {
    const last = Number(sessionStorage.getItem("pendopo-reload") || 0);
    if (Date.now() - last < RELOAD_GAP_MS) return;
    sessionStorage.setItem("pendopo-reload", String(Date.now()));
    this.keep();
    location.reload();
  }

  // Once a night the page is loaded anew, so that the browser's memory starts anew: right after an answer of the
  // server, never while a critical alarm waits. A page just loaded needs none.
  renew(night, isFirst) {
    if (!night || sessionStorage.getItem(NIGHT) === night) return;
    if (isFirst) return sessionStorage.setItem(NIGHT, night);
    if (this.urgent || !this.scenes.length) return;
    fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(HEALTH_EVERY_MS) }).then((answer) => {
      if (!answer.ok || this.urgent || this.lostSince || !this.scenes.length) return;
      sessionStorage.setItem(NIGHT, night);
      this.keep();
      location.reload();
    }).catch(() => {});  // at the next heartbeat again
  }

  // For wall_page.js, which paints it at once, and for the wall after this one.
  keep() {
    if (!this.scenes.length) return;
    const now = performance.now(), lost = this.texts.lost.replace("{time}", hours(this.local()));
    const until = Date.now() + this.shownUntil - now;
    const kept = { html: this.root.outerHTML, scene: this.root.dataset.scene, until, paused: this.paused, lost };
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, at: Date.now() }));
  }

  local() {
    return new Date(this.serverTime + performance.now() - this.lastBeat);
  }

  drawTime() {
    if (this.serverTime === null) return;
    const local = this.local();
    const clock = `${hours(local)} ${this.texts.zone}`;
    const day = `${local.getUTCDate()} ${this.texts.months[local.getUTCMonth()]}`;
    if (this.shownTime === clock + day) return;
    this.shownTime = clock + day;
    const weekday = this.scenes[this.position]?.hasWeekday ? `${this.texts.days[local.getUTCDay()]} ` : "";
    write(this.stage.querySelector("#jam"), clock);
    write(this.stage.querySelector("#tanggal"), weekday + day);
  }

  pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = () => this.move(1), back = () => this.move(-1), pause = () => this.pause();
    const action = {
      ArrowRight: next, ArrowDown: next, PageDown: next, MediaTrackNext: next,
      ArrowLeft: back, ArrowUp: back, PageUp: back, MediaTrackPrevious: back,
      " ": pause, MediaPlayPause: pause, MediaPlay: pause, MediaPause: pause,
      Escape: this.leads && (() => location.assign(address("ringkasan"))),
    }[event.key];
    event.stopPropagation();  // Streamlit's own shortcuts mean nothing here
    if (!action) return;
    event.preventDefault();
    action();
  }

  pause() {
    this.paused = !this.paused;
    this.root.dataset.paused = String(this.paused);
    const scene = this.scenes[this.position];
    if (scene) this.shownUntil = performance.now() + scene.dwell_seconds * 1000;
    this.tick();
  }

  clicked(event) {
    const id = event.target.closest("[data-indikator]")?.dataset.indikator;
    if (this.root.dataset.state === "withdrawn") location.reload();  // whoever may sign in is asked to
    else if (id && this.leads) location.assign(address(`indikator?id=${encodeURIComponent(id)}`));
  }

  leaveUnlessBack() {
    clearTimeout(this.removal);
    if (location.pathname !== this.path) this.remove();
    else this.removal = setTimeout(() => this.remove(), REMOVE_AFTER_MS);
  }

  remove() {
    clearInterval(this.timer);
    clearTimeout(this.removal);
    document.removeEventListener("keydown", this.onKey, true);
    this.root.remove();
    if (wall === this) wall = null;
  }
}

// Drawings come from our own charts; scripts are dropped all the same.
function parse(scene) {
  const drawing = new DOMParser().parseFromString(scene.svg, "image/svg+xml");
  if (drawing.querySelector("parsererror")) return null;
  drawing.querySelectorAll("script, foreignObject").forEach((node) => node.remove());
  const svg = document.importNode(drawing.documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  // A narrow head was drawn with the date alone: the browser keeps to what was found to fit.
  const hasWeekday = !/^\d/.test(svg.querySelector("#tanggal")?.textContent ?? "");
  return { ...scene, svg, hasWeekday };
}

function write(node, text) {
  if (node) node.textContent = text;
}

function hours(local) {
  return local.toISOString().slice(11, 16).replace(":", ".");
}

function address(path) {
  return new URL(path, new URL("./", location.href)).href;
}

function element(name, className) {
  const node = document.createElement(name);
  if (className) node.className = className;
  return node;
}
