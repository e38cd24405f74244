// Runs before Streamlit does: a wall that loads itself anew keeps its last picture until it draws again.
// Its letters come from the same store: those of Streamlit's style are on their way while the picture is already painted.
// After SAY_AFTER_MS the picture says that it is an old one; words of Streamlit's own (a sign-in form) are let through.
(() => {
  const KEY = "pendopo-gambar", LETTERS = "pendopo-huruf", FRESH_MS = 30000, LOOK_MS = 250;
  const SAY_AFTER_MS = 10000, WORDS_STAND_MS = 2000, AGAIN_MS = 30000;
  const WORDS = '[data-testid="stMain"] :is(input, [role="alert"], [data-testid="stMarkdownContainer"])';
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
  sessionStorage.removeItem(KEY);
  if (!kept || Date.now() - kept.at > FRESH_MS) return keepLetters().catch(() => {});
  const letters = Uint8Array.from(atob(sessionStorage.getItem(LETTERS) ?? ""), (one) => one.charCodeAt(0));
  if (letters.length) document.fonts.add(new FontFace("Pendopo", letters, { weight: "100 900" }));
  document.body.insertAdjacentHTML("afterbegin", kept.html);
  const root = document.getElementById("pendopo-wall"), loadedAt = Date.now();
  globalThis.pendopoKept = kept;  // for the wall, which takes it over
  let wordsSince = 0, askedAt = loadedAt;
  const looking = setInterval(look, LOOK_MS);

  async function keepLetters() {
    const answer = await fetch(document.querySelector('link[rel="preload"][as="font"]').href);
    const letters = new Uint8Array(await answer.arrayBuffer());
    if (answer.ok) sessionStorage.setItem(LETTERS, btoa(letters.reduce((text, one) => text + String.fromCharCode(one), "")));
  }

  function look() {
    const now = Date.now();
    if (!globalThis.pendopoKept) return clearInterval(looking);
    wordsSince = document.querySelector(WORDS) ? wordsSince || now : 0;
    if (wordsSince && now - wordsSince > WORDS_STAND_MS) {
      delete globalThis.pendopoKept;
      return root.remove();
    }
    if (now - loadedAt > SAY_AFTER_MS && root.dataset.state !== "lost") {
      root.dataset.state = "lost";
      root.querySelector(".notice").textContent = kept.lost;
    }
    if (now - askedAt > AGAIN_MS) {
      askedAt = now;
      fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(LOOK_MS * 20) }).then(again).catch(() => {});
    }
  }

  function again(answer) {
    if (!answer.ok || !globalThis.pendopoKept) return;
    sessionStorage.setItem(KEY, JSON.stringify({ ...kept, html: root.outerHTML, at: Date.now() }));
    location.reload();
  }
})();
