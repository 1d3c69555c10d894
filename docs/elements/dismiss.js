// Escape puts an open receipt or definition away without moving the pointer or the focus
// (WCAG 1.4.13). It may come back once both have left. Without this file they still open and close.

const HOSTS = ".proof, .term, .formula";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const host of document.querySelectorAll(HOSTS)) {
    host.classList.toggle("dismissed", host.matches(":hover, :focus-within"));
  }
});

for (const leave of ["pointerout", "focusout"]) {
  document.addEventListener(leave, (event) => {
    const host = event.target.closest?.(HOSTS);
    if (host && !host.contains(event.relatedTarget)) host.classList.remove("dismissed");
  });
}
