// Shows the served document. Requests go to where the page came from, whatever the service is called.
fetch("/openapi.json")
  .then((response) => response.json())
  .then((document) => {
    document.servers = [{ url: window.location.origin }];
    window.ui = SwaggerUIBundle({
      spec: document,
      dom_id: "#explorer",
      deepLinking: true,
      displayRequestDuration: true,
      persistAuthorization: false,
      queryConfigEnabled: false,
      validatorUrl: null,
    });
  });
