for (const link of document.querySelectorAll("a[data-picture]")) link.href = document.getElementById(link.dataset.picture).src;
