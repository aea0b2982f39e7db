// Pages where people write: install the page for when the network is away, and lead back from it.
navigator.serviceWorker?.register("/service-worker.js?language=" + document.documentElement.lang);
document.querySelector("[data-back]")?.addEventListener("click", (event) => {
  event.preventDefault();
  history.back();
});
