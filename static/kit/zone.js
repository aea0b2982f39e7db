// Tells the server which time zone this device shows, so that dates come in the reader's own time.
document.cookie = "zone=" + Intl.DateTimeFormat().resolvedOptions().timeZone + ";path=/;max-age=31536000;samesite=lax";
