// Takes a one-time ticket to the door that turns it into a cookie, or has the cookie deleted; no key comes by here.

const GOAL = "pendopo-tujuan";
const done = new Set();

export default function ({ data, parentElement }) {
  const acts = { enter, leave, remember, go_on: goOn };
  const once = `${data.act}/${data.ticket ?? ""}`;
  if (data.act !== "remember" && done.has(once)) return;
  done.add(once);
  acts[data.act](data).catch(() => {
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = data.failed;
    parentElement.replaceChildren(words);
  });
}

// The address stays what was asked for; only the sign-in page itself has nothing more to show.
async function enter(data) {
  await ask("POST", data);
  sessionStorage.removeItem(GOAL);
  if (location.pathname === `${data.base}/masuk`) location.replace(`${data.base}/`);
  else location.reload();
}

async function leave(data) {
  await ask("DELETE", data);
  location.replace(`${data.base}/`);
}

// A provider sends people back to the front page: the address they asked for waits in this tab.
async function remember(data) {
  const path = location.pathname + location.search;
  if (![`${data.base}/`, `${data.base}/masuk`].includes(path)) sessionStorage.setItem(GOAL, path);
  else sessionStorage.removeItem(GOAL);
}

async function goOn(data) {
  const path = sessionStorage.getItem(GOAL);
  sessionStorage.removeItem(GOAL);
  // Only a path of this server: "//elsewhere" and "/\elsewhere" would be other hosts.
  if (path && path.startsWith(`${data.base}/`) && !/^\/[/\\]/.test(path) && location.pathname + location.search !== path)
    location.replace(path);
}

async function ask(method, data) {
  const headers = data.ticket ? { "X-Pendopo-Tiket": data.ticket } : {};
  const answer = await fetch(`${data.base}/sesi`, { method, headers, credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
}
