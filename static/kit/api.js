const e=document.getElementById("api");SwaggerUIBundle({url:e.dataset.schema,domNode:e,deepLinking:!0});
