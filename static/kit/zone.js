if(document.cookie="zone="+Intl.DateTimeFormat().resolvedOptions().timeZone+";path=/;max-age=31536000;samesite=lax",!/\bdevice=own/.test(document.cookie))try{localStorage.clear()}catch{}
