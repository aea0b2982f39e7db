// The device's time zone, for the server; and nothing typed stays where nobody says "my own phone".
document.cookie = "zone=" + Intl.DateTimeFormat().resolvedOptions().timeZone + ";path=/;max-age=31536000;samesite=lax";
if (!/\bdevice=own/.test(document.cookie)) try { localStorage.clear(); } catch {}
