// Tells the server that this screen is a very large one, and when that changes; of an ordinary one it says nothing.

export default function ({ data, setStateValue }) {
  const large = matchMedia(`(min-width: ${data.from_px}px)`);
  const tell = () => {
    if (large.matches !== data.is_large) setStateValue("is_large", large.matches);
  };
  tell();
  large.addEventListener("change", tell);
  return () => large.removeEventListener("change", tell);
}
