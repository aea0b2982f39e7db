// Draws the API's documentation from its own description.
const place = document.getElementById("api");
SwaggerUIBundle({ url: place.dataset.schema, domNode: place, deepLinking: true });
