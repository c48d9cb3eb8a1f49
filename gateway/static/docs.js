// a file of its own, because the page's policy allows no script inside the page
const key = () => (crypto.randomUUID ? crypto.randomUUID() : `docs-${Date.now()}-${Math.random()}`);
window.ui = SwaggerUIBundle({
  url: "/docs/openapi-3.0.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
  persistAuthorization: false,
  requestInterceptor: (request) => {
    if (request.method && request.method !== "GET" && !request.headers["Idempotency-Key"]) {
      request.headers["Idempotency-Key"] = key();
    }
    return request;
  },
});
