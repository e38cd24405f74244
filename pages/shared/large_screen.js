// Tells the server that this screen is a very large one, and when that changes; of an ordinary one it says nothing.
// What `data` holds is older than what was told last, so a change is told whatever it says.

export default function ({ data, setStateValue }) {
  const large = matchMedia(`(min-width: ${data.from_px}px)`);
  const tell = () => setStateValue("is_large", large.matches);
  if (large.matches !== data.is_large) tell();
  large.addEventListener("change", tell);
  return () => large.removeEventListener("change", tell);
}
